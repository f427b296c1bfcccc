"""The functions of a random program, in the forms that real programs give them: methods, factories, tables, wrappers."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from random_programs.expressions import static_truth
from random_programs.frameworks import framework_function
from random_programs.kinds import STATIC, Kind, literal
from random_programs.objects import Made, custom_rule, inherited, returned, stateful
from random_programs.scope import Function, Scope
from random_programs.statements import Lines, body, indented

PARAMETERS = (
    Kind.FLOAT,
    Kind.FLOAT,
    Kind.FLOAT,
    Kind.VECTOR,
    Kind.VECTOR,
    Kind.VECTOR,
    Kind.MATRIX,
    Kind.INT,
    Kind.MASK,
    Kind.KEY,
    Kind.LIST,
    Kind.PARAMS,
    Kind.STATE,
    Kind.NET,
    Kind.PAIR,
    Kind.COUNT,
    Kind.COUNT,
    Kind.FLAG,
    Kind.TEXT,
    Kind.NUMBER,
)
RETURNS = (Kind.FLOAT, Kind.FLOAT, Kind.FLOAT, Kind.VECTOR, Kind.VECTOR, Kind.PARAMS, Kind.STATE, Kind.LIST, Kind.INT)


def make_function(number: int, callable_here: Sequence[Function], risk: float, random: Random) -> Made:
    """A function of a random form; those of a module, made before it, may be called by it."""
    name = f"{random.choice(('step', 'loss_fn', 'update', 'normalize', 'rollout', 'predict', 'transform'))}_{number}"
    kinds = [random.choice(PARAMETERS[:14]), *(random.choice(PARAMETERS) for _ in range(random.randint(0, 2)))]
    random.shuffle(kinds)
    scope = Scope(random, callable_here, risk)
    parameters = tuple((scope.fresh(kind), kind) for kind in kinds)
    scope.names = dict(parameters)
    returns = random.choice(RETURNS)
    if random.random() < FRAMEWORKS:
        return framework_function(name, scope)
    return random.choice(FORMS)(name, parameters, returns, scope)


def _statements(scope: Scope, returns: Kind) -> Lines:
    early = []
    if scope.random.random() < 0.15:
        early = [f"if {static_truth(scope)}:", f"    return {returned(returns, scope)}"]
    lines = body(scope, scope.random.randint(1, 4))
    return [*early, *lines, f"return {returned(returns, scope)}"]


def _signature(parameters: Sequence[tuple[str, Kind]], random: Random, *, annotated: bool = True) -> str:
    hints = {Kind.COUNT: "int", Kind.FLAG: "bool", Kind.TEXT: "str", Kind.FLOAT: "jax.Array", Kind.VECTOR: "jax.Array"}
    if not annotated or random.random() < 0.6:
        return ", ".join(name for name, _ in parameters)
    return ", ".join(f"{name}: {hints[kind]}" if kind in hints else name for name, kind in parameters)


def _plain(name: str, parameters: tuple[tuple[str, Kind], ...], returns: Kind, scope: Scope) -> Made:
    signature = _signature(parameters, scope.random)
    if scope.random.random() < 0.25:
        kind = scope.random.choice((Kind.COUNT, Kind.FLAG, Kind.NUMBER, Kind.TEXT))
        signature += f", *, {_local(scope, kind)}={literal(kind, scope.random)}"
    lines = [f"def {name}({signature}):", *indented(_statements(scope, returns))]
    return Made(lines, Function(name, parameters, returns))


def static_names(parameters: Sequence[tuple[str, Kind]], random: Random) -> list[str]:
    """The options that the program declares static: most of them."""
    return [name for name, kind in parameters if kind in STATIC and (kind is Kind.TEXT or random.random() < 0.85)]


def jit_call(parameters: Sequence[tuple[str, Kind]], random: Random) -> str:
    """`jax.jit`, or a partial of it with static names."""
    static = static_names(parameters, random)
    return f"partial(jax.jit, static_argnames={tuple(static)!r})" if static else "jax.jit"


def _jitted(name: str, parameters: tuple[tuple[str, Kind], ...], returns: Kind, scope: Scope) -> Made:
    made = _plain(name, parameters, returns, scope)
    return Made([f"@{jit_call(parameters, scope.random)}", *made.lines], made.function)


def _wrapped(name: str, parameters: tuple[tuple[str, Kind], ...], returns: Kind, scope: Scope) -> Made:
    made = _plain(name, parameters, returns, scope)
    return Made([f"@{scope.random.choice(('traced_name', 'counted(2)'))}", *made.lines], made.function)


def _method(name: str, parameters: tuple[tuple[str, Kind], ...], returns: Kind, scope: Scope) -> Made:
    """A method of an object with a Python field and an array field; sometimes of a subclass."""
    random = scope.random
    kind = random.choice(("Model", "Agent", "Env"))
    owner, instance = f"{kind}{name.rpartition('_')[2]}", f"{kind.lower()}_{name.rpartition('_')[2]}"
    width, gain = random.randint(2, 4), f"{random.uniform(0.1, 2):.1f}"
    fields = (("width", Kind.COUNT), ("gain", Kind.FLOAT))
    lines = [f"{_local(scope, kind)} = self.{field}" for field, kind in fields if random.random() < 0.6]
    lines += _statements(scope, returns)
    head = [
        f"class {owner}:",
        "    def __init__(self, width, gain):",
        "        self.width = width",
        "        self.gain = jnp.float32(gain)",
        "",
    ]
    signature = ", ".join(["self", *(p for p, _ in parameters)])
    method = [f"    def {name}({signature}):", *indented(indented(lines))]
    if random.random() < 0.3:
        static = ["self", *(p for p, k in parameters if k in STATIC)]
        method.insert(0, f"    @partial(jax.jit, static_argnames={tuple(static)!r})")
    if random.random() < 0.3:
        base = [
            f"class Base{owner}:",
            f"    def run(self, {', '.join(p for p, _ in parameters)}):",
            f"        return self.{name}({', '.join(p for p, _ in parameters)})",
            "",
        ]
        head[0] = f"class {owner}(Base{owner}):"
        made = [*base, "", *head, *method, "", "", f"{instance} = {owner}({width}, {gain})"]
        return Made(made, Function(f"{instance}.run", parameters, returns))
    made = [*head, *method, "", "", f"{instance} = {owner}({width}, {gain})"]
    return Made(made, Function(f"{instance}.{name}", parameters, returns))


def _local(scope: Scope, kind: Kind) -> str:
    """A new name in the scope."""
    name = scope.fresh(kind)
    scope.names[name] = kind
    return name


def _factory(name: str, parameters: tuple[tuple[str, Kind], ...], returns: Kind, scope: Scope) -> Made:
    """A function that another one makes, around an option and an array."""
    random = scope.random
    kinds = (random.choice((Kind.FLOAT, Kind.VECTOR, Kind.COUNT, Kind.FLAG)), Kind.NUMBER)
    given = tuple((scope.fresh(kind), kind) for kind in kinds)
    inner = [f"def inner({', '.join(p for p, _ in parameters)}):"]
    lines = _statements(scope, returns)
    if Kind.FLOAT in scope.names.values():
        x = scope.a(Kind.FLOAT)
        if x in dict(parameters):
            lines.insert(0, f"{x} = {x} * {given[1][0]}")
            if kinds[0] is Kind.FLAG:
                lines[0:1] = [f"if {given[0][0]}:", f"    {lines[0]}"]
            elif kinds[0] is Kind.COUNT:
                lines[0:1] = [f"for _ in range({given[0][0]}):", f"    {lines[0]}"]
    factory = [f"def make_{name}({', '.join(p for p, _ in given)}):", *indented([*inner, *indented(lines), "return inner"])]
    arguments = ", ".join(literal(kind, random) for kind in kinds)
    return Made([*factory, "", "", f"{name} = make_{name}({arguments})"], Function(name, parameters, returns))


def _callable_class(name: str, parameters: tuple[tuple[str, Kind], ...], returns: Kind, scope: Scope) -> Made:
    owner = "".join(part.title() for part in name.split("_"))
    signature = ", ".join(["self", *(p for p, _ in parameters)])
    lines = [
        "@dataclasses.dataclass(frozen=True)",
        f"class {owner}:",
        "    factor: float = 0.5",
        "",
        f"    def __call__({signature}):",
        *indented(indented(_statements(scope, returns))),
        "",
        "",
        f"{name} = {owner}()",
    ]
    return Made(lines, Function(name, parameters, returns))


def _dispatched(name: str, parameters: tuple[tuple[str, Kind], ...], returns: Kind, scope: Scope) -> Made:
    """A function that a table holds."""
    made = _plain(name, parameters, returns, scope)
    table = f"TABLE_{name.rpartition('_')[2]}"
    lines = [*made.lines, "", "", f'{table} = {{"a": {name}, "b": {name}}}']
    return Made(lines, Function(f'{table}["a"]', parameters, returns))


FRAMEWORKS = 0.15
"""The share of functions that are about a framework."""

FORMS = (
    *(_plain, _plain, _plain, _plain, _method, _factory, _wrapped, _callable_class, _jitted, _dispatched),
    *(stateful, inherited, custom_rule),
)
"""How a function may stand in a module."""
