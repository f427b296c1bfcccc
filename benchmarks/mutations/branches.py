"""Python decides where JAX should: branches, loops, truth values."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from mutations.mutation import Edits, Place


def where_as_if(place: Place) -> Iterator[Edits]:
    """`jnp.where(c, a, b)` becomes `a if c else b`."""
    for _, call in place.calls("jax.numpy.where", "jax.lax.select"):
        if len(call.args) == 3 and place.is_traced(call.args[0]):
            condition, first, second = map(ast.unparse, call.args)
            yield (place.source.replacing(call, f"(({first}) if {condition} else ({second}))"),)


def where_as_statement(place: Place) -> Iterator[Edits]:
    """`y = jnp.where(c, a, b)` becomes an `if` statement."""
    for statement, call in place.calls("jax.numpy.where", "jax.lax.select"):
        match statement:
            case ast.Assign(targets=[target], value=value) if value is call and len(call.args) == 3:
                if place.is_traced(call.args[0]):
                    condition, first, second = map(ast.unparse, call.args)
                    name = ast.unparse(target)
                    lines = [f"if {condition}:", f"  {name} = {first}", "else:", f"  {name} = {second}"]
                    yield (place.source.around(statement, lines),)


def cond_as_if(place: Place) -> Iterator[Edits]:
    """`lax.cond(p, f, g, x)` becomes `f(x) if p else g(x)`."""
    for _, call in place.calls("jax.lax.cond"):
        if len(call.args) >= 3 and not call.keywords:
            test, first, second, *operands = map(ast.unparse, call.args)
            given = ", ".join(operands)
            yield (place.source.replacing(call, f"(({first})({given}) if {test} else ({second})({given}))"),)


def switch_as_list(place: Place) -> Iterator[Edits]:
    """`lax.switch(i, fs, x)` becomes `fs[i](x)`."""
    for _, call in place.calls("jax.lax.switch"):
        if len(call.args) >= 2 and not call.keywords:
            index, functions, *operands = map(ast.unparse, call.args)
            yield (place.source.replacing(call, f"({functions})[{index}]({', '.join(operands)})"),)


def logical_as_words(place: Place) -> Iterator[Edits]:
    """`jnp.logical_and(a, b)` and `a & b` become `a and b`."""
    words = {"jax.numpy.logical_and": "and", "jax.numpy.logical_or": "or"}
    for _, call in place.calls(*words):
        if len(call.args) == 2 and place.is_traced(call.args[0]):
            first, second = map(ast.unparse, call.args)
            yield (place.source.replacing(call, f"(({first}) {words[place.source.meaning(call.func)]} ({second}))"),)
    for _, call in place.calls("jax.numpy.logical_not"):
        if len(call.args) == 1 and place.is_traced(call.args[0]):
            yield (place.source.replacing(call, f"(not {ast.unparse(call.args[0])})"),)
    for _, node in place.function.places:
        match node:
            case ast.BinOp(left=left, op=ast.BitAnd() | ast.BitOr() as operator, right=right) if place.is_traced(left):
                word = "and" if isinstance(operator, ast.BitAnd) else "or"
                yield (place.source.replacing(node, f"(({ast.unparse(left)}) {word} ({ast.unparse(right)}))"),)


def builtin_for_function(place: Place) -> Iterator[Edits]:
    """`jnp.maximum(a, b)` becomes `max(a, b)`, `jnp.all(m)` becomes `all(m)`."""
    names = {
        "jax.numpy.maximum": "max",
        "jax.numpy.minimum": "min",
        "jax.numpy.all": "all",
        "jax.numpy.any": "any",
    }
    for _, call in place.calls(*names):
        if call.args and place.is_traced(call) and not call.keywords:
            yield (place.source.replacing(call.func, names[place.source.meaning(call.func)]),)
    for _, call in place.calls("jax.numpy.clip"):
        if len(call.args) == 3 and place.is_traced(call.args[0]):
            value, low, high = map(ast.unparse, call.args)
            yield (place.source.replacing(call, f"min(max({value}, {low}), {high})"),)


def while_loop_as_while(place: Place) -> Iterator[Edits]:
    """`x = lax.while_loop(c, b, x)` becomes a `while`."""
    for statement, call in place.calls("jax.lax.while_loop"):
        match call.args:
            case [test, body, start]:
                test_code, body_code = ast.unparse(test), ast.unparse(body)
                lines = [
                    f"looped = {ast.unparse(start)}",
                    f"while ({test_code})(looped):",
                    f"  looped = ({body_code})(looped)",
                ]
                yield place.source.before(statement, lines), place.source.replacing(call, "looped")


def fori_loop_as_for(place: Place) -> Iterator[Edits]:
    """`x = lax.fori_loop(a, b, f, x)` becomes a `for` over a range; wrong where the bounds are traced."""
    for statement, call in place.calls("jax.lax.fori_loop"):
        if len(call.args) >= 4:
            low, high, body, start = map(ast.unparse, call.args[:4])
            lines = [f"looped = {start}", f"for turn in range({low}, {high}):", f"  looped = ({body})(turn, looped)"]
            yield place.source.before(statement, lines), place.source.replacing(call, "looped")


def asserted(place: Place) -> Iterator[Edits]:
    """A check of values by `assert`."""
    for statement, name in place.bindings():
        yield (place.source.after(statement, [f"assert ({name} == {name}).all()"]),)


def guarded(place: Place) -> Iterator[Edits]:
    """A check of values that raises."""
    jnp, imports = place.source.name_for("jax.numpy", "jnp")
    for statement, name in place.bindings() if jnp else ():
        lines = [f"if {jnp}.any({jnp}.isnan({name})):", f"  raise ValueError('{name} is not a number')"]
        yield *imports, place.source.after(statement, lines)


def early_return(place: Place) -> Iterator[Edits]:
    """Nothing more is computed where a value says so."""
    for statement, name in place.bindings():
        yield (place.source.after(statement, [f"if {name}.sum() == 0:", f"  return {name}"]),)


def compared_item(place: Place) -> Iterator[Edits]:
    """A loop over the elements of an array asks each of them."""
    for statement, name in place.bindings():
        lines = [f"for element in {name}:", "  if element > 1e9:", "    break"]
        yield (place.source.after(statement, lines),)


def truth_of_default(place: Place) -> Iterator[Edits]:
    """`if x is not None` becomes `if x`."""
    for statement in place.function.statements:
        if isinstance(statement, ast.If):
            match statement.test:
                case ast.Compare(left=ast.Name(id=name) as left, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
                    if name in place.traced:
                        yield (place.source.replacing(statement.test, left.id),)
                case ast.Compare(left=ast.Name(id=name) as left, ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
                    if name in place.traced:
                        yield (place.source.replacing(statement.test, f"not {left.id}"),)


def branch_on_value(place: Place) -> Iterator[Edits]:
    """A value decides what is computed."""
    for statement, name in place.bindings():
        yield (place.source.after(statement, [f"if {name}.mean() > 1e9:", f"  {name} = {name} * 0.5"]),)


def ternary_on_value(place: Place) -> Iterator[Edits]:
    """A value decides by what an operand is scaled."""
    for name in place.operands():
        yield (place.source.replacing(name, f"({name.id} * (2 if {name.id}.sum() > 1e9 else 1))"),)


def while_on_value(place: Place) -> Iterator[Edits]:
    """A loop that goes on until a value is small."""
    for statement, name in place.bindings():
        yield (place.source.after(statement, [f"while abs({name}).max() > 1e9:", f"  {name} = {name} / 2"]),)


def range_to_value(place: Place) -> Iterator[Edits]:
    """A loop that takes as many steps as a value says."""
    for statement, name in place.bindings():
        lines = [f"for _step in range({name}.astype(int).min()):", f"  {name} = {name} + 0"]
        yield (place.source.after(statement, lines),)


def chained_comparison(place: Place) -> Iterator[Edits]:
    """A value between two bounds."""
    for statement, name in place.bindings():
        yield (place.source.after(statement, [f"{name}_inside = 0 <= {name} <= 1"]),)


def membership(place: Place) -> Iterator[Edits]:
    """A value that is looked for among others."""
    for number, (statement, name) in enumerate(place.bindings()):
        of = ("(-1, 1)", "[0.5, 2.5]", "{0: 1, 2: 3}")[number % 3]
        yield (place.source.after(statement, [f"{name}_known = {name} in {of}"]),)


def list_of_choices(place: Place) -> Iterator[Edits]:
    """A list is indexed by a value, or a dict looked up by one."""
    jnp, imports = place.source.name_for("jax.numpy", "jnp")
    for number, (statement, name) in enumerate(place.bindings() if jnp else ()):
        choice = f"{jnp}.argmax({name}) % 2"
        line = (f"{name}_choice = [0.5, 2.0][{choice}]", f"{name}_choice = {{0: 0.5, 1: 2.0}}[{choice}]")[number % 2]
        yield *imports, place.source.after(statement, [line])


def sorted_values(place: Place) -> Iterator[Edits]:
    """Python sorts the elements, or seeks the largest."""
    for number, (statement, name) in enumerate(place.bindings()):
        function = ("sorted", "max", "any", "min")[number % 4]
        yield (place.source.after(statement, [f"{name}_value = {function}({name}.ravel())"]),)
