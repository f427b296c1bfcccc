"""Values and effects of the host: NumPy, Python's numbers, printing, drawing, the clock, what outlives a call."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from mutations.mutation import HOLDER, Edits, Place
from mutations.source import Edit

_NUMPY = frozenset({
    "abs", "add", "arctan2", "concatenate", "cos", "cosh", "divide", "dot", "einsum", "exp", "expm1", "floor", "full_like",
    "isfinite", "isnan", "linalg.norm", "linalg.inv", "log", "log1p", "logaddexp", "logical_and", "logical_not", "matmul",
    "maximum", "minimum", "multiply", "ones_like", "pad", "power", "sign", "sin", "sqrt", "square", "stack", "tan", "tanh",
    "where", "zeros_like", "asarray", "array", "vdot", "outer", "tensordot", "roll", "flip", "tril", "triu",
})  # fmt: skip
"""Functions of jax.numpy that NumPy has too, less the reductions, which it asks of the array itself."""

_MATH = frozenset({"cos", "erf", "exp", "expm1", "floor", "log", "log1p", "pow", "sin", "sqrt", "tan", "tanh"})


def numpy_function(place: Place) -> Iterator[Edits]:
    """`jnp.f(x)` becomes `np.f(x)`."""
    yield from _of_the_host(place, "numpy", "np", _NUMPY)


def math_function(place: Place) -> Iterator[Edits]:
    """`jnp.exp(x)` becomes `math.exp(x)`."""
    yield from _of_the_host(place, "math", "math", _MATH)


def _of_the_host(place: Place, module: str, alias: str, functions: Iterable[str]) -> Iterator[Edits]:
    """A function of jax.numpy becomes the one of that name in a module of the host."""
    name, imports = place.source.name_for(module, alias)
    for _, call in place.calls(*(f"jax.numpy.{function}" for function in functions)) if name else ():
        if any(place.is_traced(value) for value in call.args):
            function = place.source.meaning(call.func).removeprefix("jax.numpy.")
            yield *imports, place.source.replacing(call.func, f"{name}.{function}")


def conversion(place: Place) -> Iterator[Edits]:
    """An operand is converted to a number of Python's."""
    for number, name in enumerate(place.operands()):
        kind = ("float", "int", "bool", "complex")[number % 4]
        yield (place.source.replacing(name, f"{kind}({name.id})"),)


def item(place: Place) -> Iterator[Edits]:
    """An operand is asked for its item, or for its list."""
    for number, name in enumerate(place.operands()):
        yield (place.source.replacing(name, f"{name.id}.{('item', 'tolist')[number % 2]}()"),)


def numpy_conversion(place: Place) -> Iterator[Edits]:
    """An operand is made an array of NumPy's."""
    module, imports = place.source.name_for("numpy", "np")
    for name in place.operands() if module else ():
        yield *imports, place.source.replacing(name, f"{module}.asarray({name.id})")


def formatted(place: Place) -> Iterator[Edits]:
    """A value is written with a number of digits."""
    for statement, name in place.bindings():
        yield (place.source.after(statement, [f"message = f'{name} is {{{name}:.3f}}'"]),)


def printed(place: Place) -> Iterator[Edits]:
    """A value is printed."""
    for statement, name in place.bindings():
        yield (place.source.after(statement, [f"print({name})"]),)


def kept_in_global(place: Place) -> Iterator[Edits]:
    """A value is kept in a global."""
    end = len(place.source.text)
    first = place.function.node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(place.function.node.body) > 1:
        first = place.function.node.body[1]
    for statement, name in place.bindings():
        edits = [place.source.before(first, [f"global {HOLDER}"]), place.source.after(statement, [f"{HOLDER} = {name}"])]
        yield *edits, Edit(end, end, f"\n{HOLDER} = None\n", aside=True)


def kept_in_list(place: Place) -> Iterator[Edits]:
    """A value is appended to a list of the module's."""
    end = len(place.source.text)
    for statement, name in place.bindings():
        yield place.source.after(statement, [f"{HOLDER}.append({name})"]), Edit(end, end, f"\n{HOLDER} = []\n", aside=True)


def numpy_draw(place: Place) -> Iterator[Edits]:
    """A random number of NumPy's is added."""
    module, imports = place.source.name_for("numpy", "np")
    for statement, name in place.bindings() if module else ():
        yield *imports, place.source.after(statement, [f"{name} = {name} + {module}.random.normal()"])


def clock(place: Place) -> Iterator[Edits]:
    """The time is taken."""
    module, imports = place.source.name_for("time", "time")
    for statement, _ in place.bindings() if module else ():
        yield *imports, place.source.after(statement, [f"started = {module}.time()"])


def converted_number(place: Place) -> Iterator[Edits]:
    """A number computed of an array is made one of Python's."""
    functions = ("float({0}.sum())", "int({0}.max())", "bool({0}.any())", "math.sqrt({0}.mean())", "{0}.mean().item()")
    for number, (statement, name) in enumerate(place.bindings()):
        conversion = functions[number % len(functions)]
        module, imports = place.source.name_for("math", "math") if "math" in conversion else ("no module", ())
        if module:
            conversion = conversion.replace("math.", f"{module}.").format(name)
            yield *imports, place.source.after(statement, [f"{name}_number = {conversion}"])


def list_operand(place: Place) -> Iterator[Edits]:
    """An operand is a list or a tuple."""
    for number, name in enumerate(place.operands()):
        yield (place.source.replacing(name, (f"[{name.id}]", f"({name.id},)")[number % 2]),)


def waited_for(place: Place) -> Iterator[Edits]:
    """A value is waited for."""
    for number, (statement, name) in enumerate(place.bindings()):
        yield (place.source.after(statement, [f"{name}.{('block_until_ready', 'is_ready')[number % 2]}()"]),)


def kept_in_self(place: Place) -> Iterator[Edits]:
    """A value is kept in the object, or in its class."""
    if place.function.in_class and place.function.node.args.args:
        this = place.function.node.args.args[0].arg
        for number, (statement, name) in enumerate(place.bindings()):
            holder = (this, f"type({this})")[number % 2] if this == "self" else this
            yield (place.source.after(statement, [f"{holder}.{HOLDER} = {name}"]),)


def python_draw(place: Place) -> Iterator[Edits]:
    """A random number of Python's is added."""
    module, imports = place.source.name_for("random", "random")
    for statement, name in place.bindings() if module else ():
        yield *imports, place.source.after(statement, [f"{name} = {name} + {module}.random()"])


def file_opened(place: Place) -> Iterator[Edits]:
    """A file is written to."""
    for statement, name in place.bindings():
        lines = ["with open('/dev/null', 'w') as log:", f"  log.write('{name}')"]
        yield (place.source.after(statement, lines),)
