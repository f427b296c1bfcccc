"""Functions that are methods of objects with state or with a base, and functions with a derivative of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from random_programs.expressions import expression
from random_programs.kinds import Kind
from random_programs.scope import Function, Scope
from random_programs.statements import Lines, body, indented

Parameters = Sequence[tuple[str, Kind]]


@dataclass(slots=True)
class Made:
    """A function as it stands in a module: its lines, what calls it there, and the imports that it needs."""

    lines: Lines
    function: Function
    imports: tuple[str, ...] = ()


def statements(scope: Scope, most: int) -> Lines:
    """Some statements, or none."""
    return body(scope, scope.random.randint(0, most))


def returned(returns: Kind, scope: Scope) -> str:
    """The value that a function returns."""
    value = expression(returns, scope)
    # Integers and Python numbers alike are floats from here on, as `grad` and a carry want them.
    return f"{value} * 1.0" if returns is Kind.FLOAT else value


def stateful(name: str, parameters: tuple[tuple[str, Kind], ...], returns: Kind, scope: Scope) -> Made:
    """A method that keeps something on its object: a count, which is right outside of a trace, or what it was given."""
    random = scope.random
    number = name.rpartition("_")[2]
    owner, instance = f"Trainer{number}", f"trainer_{number}"
    kept = scope.of(Kind.FLOAT, Kind.VECTOR)
    change = ["self.steps += 1"]
    if kept and random.random() < scope.risk:
        value = random.choice(kept)
        change = [random.choice((f"self.last = {value}", f"self.log.append({value})", f"self.total = self.total + {value}"))]
    elif random.random() < 0.5:
        change = ["gain = self.gain", "width = self.width"]
        scope.names |= {"gain": Kind.FLOAT, "width": Kind.COUNT}
        scope.used |= {"gain", "width"}
    lines = [
        f"class {owner}:",
        "    def __init__(self, width, gain):",
        *indented(indented(["self.width = width", "self.gain = jnp.float32(gain)", "self.steps = 0"])),
        *indented(indented(["self.last = None", "self.total = 0.0", "self.log = []"])),
        "",
        f"    def {name}(self, {', '.join(p for p, _ in parameters)}):",
        *indented(indented([*change, *statements(scope, 2), f"return {returned(returns, scope)}"])),
        "",
        "",
        f"{instance} = {owner}({random.randint(2, 4)}, {random.uniform(0.1, 2):.1f})",
    ]
    return Made(lines, Function(f"{instance}.{name}", parameters, returns))


def inherited(name: str, parameters: tuple[tuple[str, Kind], ...], returns: Kind, scope: Scope) -> Made:
    """A method that calls another one, which a subclass defines; fields come from `super().__init__`."""
    random = scope.random
    number = name.rpartition("_")[2]
    base, owner, instance = f"Layer{number}", f"Custom{number}", f"layer_{number}"
    given = ", ".join(p for p, _ in parameters)
    scope.names |= {"rate": Kind.FLOAT, "depth": Kind.COUNT}
    scope.used |= {"rate", "depth"}
    jitted = ["    @partial(jax.jit, static_argnums=0)"] if random.random() < 0.3 else []
    lines = [
        f"class {base}:",
        "    def __init__(self, rate):",
        "        self.rate = rate",
        "",
        *jitted,
        f"    def {name}(self, {given}):",
        f"        return self.forward({given})",
        "",
        f"    def forward(self, {given}):",
        "        raise NotImplementedError",
        "",
        "",
        f"class {owner}({base}):",
        "    def __init__(self, rate, depth):",
        "        super().__init__(jnp.float32(rate))",
        "        self._depth = depth",
        "",
        "    @property",
        "    def depth(self):",
        "        return self._depth",
        "",
        f"    def forward(self, {given}):",
        *indented(indented(["rate, depth = self.rate, self.depth", *statements(scope, 3)])),
        f"        return {returned(returns, scope)}",
        "",
        "",
        f"{instance} = {owner}({random.uniform(0.1, 2):.1f}, {random.randint(1, 3)})",
    ]
    static = [kind for _, kind in parameters if kind in (Kind.COUNT, Kind.FLAG, Kind.TEXT)]
    if jitted and static:
        lines[lines.index(jitted[0])] = "    # The options are numbers of Python's."
    return Made(lines, Function(f"{instance}.{name}", parameters, returns))


def custom_rule(name: str, parameters: tuple[tuple[str, Kind], ...], returns: Kind, scope: Scope) -> Made:
    """A function of a scalar and a vector with a derivative of its own."""
    random = scope.random
    own = Scope(random, scope.functions, scope.risk, {"x": Kind.FLOAT, "v": Kind.VECTOR}, {"x", "v"})
    function = [f"def {name}(x, v):", *indented([*statements(own, 2), f"return {returned(Kind.FLOAT, own)}"])]
    wrong = random.random() < scope.risk
    if random.random() < 0.5:
        rule = [
            f"@{name}.defjvp",
            f"def {name}_jvp(primals, tangents):",
            *indented(["x, v = primals", "dx, dv = tangents", f"out = {name}(x, v)"]),
            "    return out" if wrong else "    return out, dx + jnp.sum(dv)",
        ]
        lines = ["@jax.custom_jvp", *function, *([] if random.random() < scope.risk / 2 else ["", "", *rule])]
    else:
        rules = [
            "",
            "",
            f"def {name}_fwd(x, v):",
            f"    return {name}(x, v), (v,)",
            "",
            "",
            f"def {name}_bwd(kept, g):",
            "    (v,) = kept",
            "    return (g,)" if wrong else "    return g, g * v",
            "",
            "",
            f"{name}.defvjp({name}_fwd, {name}_bwd)",
        ]
        lines = ["@jax.custom_vjp", *function, *([] if random.random() < scope.risk / 2 else rules)]
    return Made(lines, Function(name, (("x", Kind.FLOAT), ("v", Kind.VECTOR)), Kind.FLOAT))
