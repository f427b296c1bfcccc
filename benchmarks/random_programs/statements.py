"""Statements, as lists of lines. Most are right whatever is traced; with a scope's risk one is of those in `mistakes`."""

from __future__ import annotations

from collections.abc import Callable

from random_programs.expressions import expression, option_truth, static_truth
from random_programs.idioms import idiom
from random_programs.kinds import TREES, Kind
from random_programs.mistakes import mistake
from random_programs.scope import Function, Scope

Lines = list[str]

ASSIGNED = (Kind.FLOAT, Kind.VECTOR, Kind.VECTOR, Kind.FLOAT, Kind.MASK, Kind.TRUTH, Kind.INT, *TREES)


def indented(lines: Lines) -> Lines:
    """The lines as the body of a block."""
    return [f"    {line}" for line in lines or ["pass"]]


def body(scope: Scope, length: int, nesting: int = 2) -> Lines:
    """Some statements in a row."""
    lines: Lines = []
    for _ in range(length):
        lines += statement(scope, nesting)
    return lines


def statement(scope: Scope, nesting: int) -> Lines:
    """One statement, with what stands in it."""
    if scope.random.random() < scope.risk and (wrong := mistake(scope)):
        return wrong
    simple: list[Callable[[Scope], Lines]] = [
        _assignment,
        _assignment,
        _assignment,
        _augmented,
        _update,
        _draw,
        _pair,
        _host,
    ]
    if scope.random.random() < 0.2 and (lines := idiom(scope)):
        return lines
    if nesting <= 0:
        return scope.random.choice(simple)(scope)
    nested: list[Callable[[Scope, int], Lines]] = [
        _branch,
        _static_loop,
        _loop_over,
        _local_function,
        _scan,
        _fori_loop,
        _while_loop,
        _cond,
        _vmapped,
        _with,
        _collected,
        _counted,
        _items,
        _switch,
        _partial,
        _gradient,
    ]
    if scope.random.random() < 0.6:
        return scope.random.choice(simple)(scope)
    return scope.random.choice(nested)(scope, nesting - 1)


def _assignment(scope: Scope) -> Lines:
    kind = scope.random.choice(ASSIGNED)
    value = expression(kind, scope)
    return [f"{scope.bind(kind)} = {value}"]


def _augmented(scope: Scope) -> Lines:
    kind = scope.random.choice((Kind.FLOAT, Kind.VECTOR))
    if not scope.has(kind):
        return _assignment(scope)
    operator = scope.random.choice(("+", "-", "*"))
    return [f"{scope.a(kind)} {operator}= {expression(kind, scope, 1)}"]


def _update(scope: Scope) -> Lines:
    if not scope.has(Kind.VECTOR):
        return _assignment(scope)
    name = scope.a(Kind.VECTOR)
    index = scope.random.choice([*scope.of(Kind.INT), str(scope.random.randrange(4)), ":2"])
    method = scope.random.choice(("set", "add", "multiply"))
    return [f"{name} = {name}.at[{index}].{method}({expression(Kind.FLOAT, scope, 1)})"]


def _pair(scope: Scope) -> Lines:
    """Two values at once."""
    left, right = expression(Kind.FLOAT, scope, 1), expression(Kind.VECTOR, scope, 1)
    return [f"{scope.bind(Kind.FLOAT)}, {scope.bind(Kind.VECTOR)} = {left}, {right}"]


def _host(scope: Scope) -> Lines:
    """NumPy on what is known: a table that is written to in place, which is right."""
    name = scope.fresh(Kind.HOST)
    scope.names[name] = Kind.HOST
    return [f"{name} = np.zeros(4, np.float32)", f"{name}[{scope.random.randrange(4)}] = {scope.random.uniform(0, 1):.1f}"]


def _draw(scope: Scope) -> Lines:
    """A draw with a key that is split first, as it should be."""
    if not scope.has(Kind.KEY):
        return _assignment(scope)
    key = scope.a(Kind.KEY)
    sub = scope.fresh(Kind.KEY)
    draw = scope.random.choice(("normal", "uniform"))
    split = [f"{key}, {sub} = jax.random.split({key})"]
    if scope.random.random() < 0.5:
        return [*split, f"{scope.bind(Kind.FLOAT)} = jax.random.{draw}({sub})"]
    return [*split, f"{scope.bind(Kind.VECTOR)} = jax.random.{draw}({sub}, (4,))"]


def _rebinding(scope: Scope, nesting: int, length: int) -> Lines:
    """The body of a block of which the names are not known behind it; what was there may be rebound."""
    return body(scope.inner(), length, nesting)


def _branch(scope: Scope, nesting: int) -> Lines:
    test = scope.random.choice((static_truth, option_truth))(scope)
    lines = [f"if {test}:", *indented(_rebinding(scope, nesting, scope.random.randint(1, 2)))]
    if scope.random.random() < 0.4:
        lines += ["else:", *indented(_rebinding(scope, nesting, 1))]
    return lines


def _static_loop(scope: Scope, nesting: int) -> Lines:
    ends = ["3", *(f"{name}.shape[0]" for name in scope.of(Kind.VECTOR)), *(f"len({name})" for name in scope.of(Kind.LIST))]
    inner = scope.inner()
    index = inner.fresh(Kind.COUNT)
    inner.names[index] = Kind.COUNT
    return [f"for {index} in range({scope.random.choice(ends)}):", *indented(body(inner, 1, nesting))]


def _loop_over(scope: Scope, nesting: int) -> Lines:
    inner = scope.inner()
    if scope.has(Kind.LIST) and scope.random.random() < 0.7:
        over, kind = scope.a(Kind.LIST), Kind.VECTOR
    else:
        over, kind = expression(Kind.VECTOR, scope, 0), Kind.FLOAT
    item = inner.fresh(kind)
    inner.names[item] = kind
    if scope.random.random() < 0.3:
        index = inner.fresh(Kind.COUNT)
        inner.names[index] = Kind.COUNT
        return [f"for {index}, {item} in enumerate({over}):", *indented(body(inner, 1, nesting))]
    return [f"for {item} in {over}:", *indented(body(inner, 1, nesting))]


def definition(scope: Scope, name: str, parameters: tuple[tuple[str, Kind], ...], returned: str, lines: Lines) -> Lines:
    """A function."""
    return [f"def {name}({', '.join(p for p, _ in parameters)}):", *indented([*lines, f"return {returned}"])]


def _parameters(scope: Scope, *kinds: Kind) -> tuple[tuple[str, Kind], ...]:
    """The parameters of a function that stands here."""
    return tuple((scope.fresh(kind), kind) for kind in kinds)


def _closed(scope: Scope, parameters: tuple[tuple[str, Kind], ...], length: int, nesting: int) -> tuple[Lines, Scope]:
    """The body of a nested function: it reads what stands around, and binds names of its own only."""
    own = Scope(scope.random, scope.functions, scope.risk, dict(parameters), scope.used)
    lines: Lines = []
    captured = [name for name in scope.names if name not in own.names]
    if captured and scope.random.random() < 0.6:
        name = scope.random.choice(captured)
        kind = scope.names[name]
        if kind in (Kind.FLOAT, Kind.VECTOR):
            value = f"{name} * {scope.random.uniform(0.1, 2):.1f}"
            lines.append(f"{own.bind(kind)} = {value}" if own.of(kind) else f"{own.fresh(kind)} = {value}")
    return [*lines, *body(own, length, nesting)], own


def _local_function(scope: Scope, nesting: int) -> Lines:
    random = scope.random
    parameters = _parameters(scope, random.choice((Kind.FLOAT, Kind.VECTOR)))
    lines, own = _closed(scope, parameters, random.randint(0, 2), nesting)
    returns = random.choice((Kind.FLOAT, Kind.VECTOR))
    name = random.choice(("inner", "helper", "objective", "apply")) + str(len(scope.used))
    scope.used.add(name)
    made = definition(scope, name, parameters, expression(returns, own, 1), lines)
    function = Function(name, parameters, returns)
    call = f"{name}({expression(parameters[0][1], scope, 1)})"
    if random.random() < 0.3:
        call = f"jax.jit({name})({expression(parameters[0][1], scope, 1)})"
    scope.functions = [*scope.functions, function]
    return [*made, f"{scope.bind(returns)} = {call}"]


def _scan(scope: Scope, nesting: int) -> Lines:
    random = scope.random
    carried = random.choice((Kind.FLOAT, Kind.VECTOR))
    parameters = _parameters(scope, carried, Kind.FLOAT)
    lines, own = _closed(scope, parameters, random.randint(0, 2), nesting)
    name = f"body{len(scope.used)}"
    scope.used.add(name)
    result = expression(carried, own, 1)
    made = definition(scope, name, parameters, f"{result} * 1.0, {parameters[1][0]}", lines)
    init = {Kind.FLOAT: "jnp.float32(0)", Kind.VECTOR: "jnp.zeros(4)"}[carried]
    over = expression(Kind.VECTOR, scope, 1)
    return [*made, f"{scope.bind(carried)}, _ = jax.lax.scan({name}, {init}, {over})"]


def _fori_loop(scope: Scope, nesting: int) -> Lines:
    random = scope.random
    carried = random.choice((Kind.FLOAT, Kind.VECTOR))
    parameters = _parameters(scope, Kind.INT, carried)
    bound = random.choice(["3", *scope.of(Kind.COUNT), *scope.of(Kind.INT)])
    init = {Kind.FLOAT: "jnp.float32(0)", Kind.VECTOR: "jnp.zeros(4)"}[carried]
    if random.random() < 0.4:
        (index, _), (carry, _) = parameters
        function = f"lambda {index}, {carry}: {carry} * 0.5 + {index}"
        return [f"{scope.bind(carried)} = jax.lax.fori_loop(0, {bound}, {function}, {init})"]
    lines, own = _closed(scope, parameters, random.randint(0, 2), nesting)
    name = f"loop{len(scope.used)}"
    scope.used.add(name)
    made = definition(scope, name, parameters, f"{expression(carried, own, 1)} * 1.0", lines)
    return [*made, f"{scope.bind(carried)} = jax.lax.fori_loop(0, {bound}, {name}, {init})"]


def _while_loop(scope: Scope, nesting: int) -> Lines:
    start = expression(Kind.FLOAT, scope, 1)
    target = scope.bind(Kind.FLOAT)
    return [
        f"{target} = jax.lax.while_loop(lambda value: value > 1.0, lambda value: value * 0.5, jnp.clip({start}, 0.0, 9.0))"
    ]


def _cond(scope: Scope, nesting: int) -> Lines:
    kind = scope.random.choice((Kind.FLOAT, Kind.VECTOR))
    test, operand = expression(Kind.TRUTH, scope, 1), expression(kind, scope, 1)
    target = scope.bind(kind)
    if scope.random.random() < 0.5:
        return [f"{target} = jax.lax.cond({test}, lambda value: value * 2.0, lambda value: value, {operand} * 1.0)"]
    return [f"{target} = jax.lax.select({test}, {operand} * 1.0, {operand} * 0.5)"]


def _vmapped(scope: Scope, nesting: int) -> Lines:
    calls = [f for f in scope.functions if [k for _, k in f.parameters] == [Kind.FLOAT] and f.returns is Kind.FLOAT]
    if not calls:
        return _assignment(scope)
    call = scope.random.choice(calls).call
    how = scope.random.choice(("jax.vmap({})({})", "jnp.stack([{}(item) for item in {}])", "jax.lax.map({}, {})"))
    value = how.format(call, expression(Kind.VECTOR, scope, 1))
    return [f"{scope.bind(Kind.VECTOR)} = {value}"]


def _with(scope: Scope, nesting: int) -> Lines:
    around = scope.random.choice(('jax.named_scope("part")', "contextlib.nullcontext()"))
    return [f"with {around}:", *indented(_rebinding(scope, nesting, 1))]


def _collected(scope: Scope, nesting: int) -> Lines:
    """A list that a loop fills, and one array of it."""
    results = f"outs_{len(scope.used)}"
    scope.used.add(results)
    over = scope.random.choice([*scope.of(Kind.LIST), "range(4)"])
    value = expression(Kind.FLOAT, scope, 1)
    if over != "range(4)":
        lines = [f"{results} = []", f"for item in {over}:", f"    {results}.append(item * {value})"]
        return [*lines, f"{scope.bind(Kind.VECTOR)} = jnp.stack({results}).sum(axis=0)"]
    lines = [f"{results} = []", f"for item in {over}:", f"    {results}.append({value} * item)"]
    return [*lines, f"{scope.bind(Kind.VECTOR)} = jnp.array({results})"]


def _counted(scope: Scope, nesting: int) -> Lines:
    """A loop of Python's own."""
    count = scope.fresh(Kind.COUNT)
    inner = _rebinding(scope, nesting, 1)
    return [f"{count} = 0", f"while {count} < 2:", *indented([*inner, f"{count} += 1"])]


def _items(scope: Scope, nesting: int) -> Lines:
    """A loop over a dict, or over two lists."""
    if scope.has(Kind.PARAMS):
        total = scope.fresh(Kind.FLOAT)
        scope.names[total] = Kind.FLOAT
        lines = [f"{total} = jnp.float32(0)", f"for part, leaf in {scope.a(Kind.PARAMS)}.items():"]
        return [*lines, '    if part == "w":', f"        {total} = {total} + jnp.sum(leaf)"]
    left, right = expression(Kind.LIST, scope, 1), expression(Kind.LIST, scope, 1)
    return [f"{scope.bind(Kind.LIST)} = [one + other for one, other in zip({left}, {right})]"]


def _switch(scope: Scope, nesting: int) -> Lines:
    index, operand = expression(Kind.INT, scope, 1), expression(Kind.VECTOR, scope, 1)
    branches = "[lambda value: value, lambda value: value * 2.0, jnp.tanh]"
    return [f"{scope.bind(Kind.VECTOR)} = jax.lax.switch({index}, {branches}, {operand} * 1.0)"]


def _partial(scope: Scope, nesting: int) -> Lines:
    """A function of two arguments, one of which is bound first."""
    parameters = _parameters(scope, scope.random.choice((Kind.FLOAT, Kind.COUNT, Kind.FLAG)), Kind.VECTOR)
    lines, own = _closed(scope, parameters, 1, nesting)
    name = f"scaled{len(scope.used)}"
    scope.used.add(name)
    bound = expression(parameters[0][1], scope, 1)
    value = expression(Kind.VECTOR, scope, 1)
    made = definition(scope, name, parameters, expression(Kind.VECTOR, own, 1), lines)
    call = scope.random.choice(
        ("partial({}, {})({})", "jax.jit(partial({}, {}))({})", "jax.checkpoint(partial({}, {}))({})")
    )
    return [*made, f"{scope.bind(Kind.VECTOR)} = {call.format(name, bound, value)}"]


def _gradient(scope: Scope, nesting: int) -> Lines:
    """The gradient of a loss that stands here."""
    parameters = _parameters(scope, Kind.VECTOR)
    lines, own = _closed(scope, parameters, scope.random.randint(0, 2), nesting)
    name = f"loss{len(scope.used)}"
    scope.used.add(name)
    value = expression(Kind.VECTOR, scope, 1)
    made = definition(scope, name, parameters, f"{expression(Kind.FLOAT, own, 1)} * 1.0", lines)
    if scope.random.random() < 0.5:
        return [*made, f"{scope.bind(Kind.VECTOR)} = jax.grad({name})({value} * 1.0)"]
    target = f"{scope.bind(Kind.FLOAT)}, {scope.bind(Kind.VECTOR)}"
    return [*made, f"{target} = jax.value_and_grad({name})({value} * 1.0)"]
