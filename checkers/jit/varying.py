"""Static arguments that are new each time: a program is kept for each value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from astroid import nodes

from jaxlint.model.schema import Wrapper
from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.observations import StaticArgument
from jaxlint.trace.python_loops import runs_eagerly
from jaxlint.trace.repeated import Repetition, repetition_of
from jaxlint.values import Bound, Const, Function, Host, HostKind, Partial, Transformed

if TYPE_CHECKING:
    from jaxlint.session import Session

VARYING_STATIC = Rule(
    6609,
    "jax-varying-static",
    Severity.REFACTOR,
    "`{code}` is static and {what} in each step of the loop in {line}, for which {transformation} compiles anew: one "
    "compilation a step; {instead}",
    explanation="""A static argument is new in each step of a loop.

What it does
Reports, at a static position of a compiled function that a Python loop calls: the number that the loop counts, and a lambda,
`functools.partial` or object hashed by identity that is made in the loop.

Why
A program is kept for each value of a static argument. The cost of one that is new in each step is a trace and a compilation
a step, and the memory of all these programs.

    @functools.partial(jax.jit, static_argnames="step")
    def update(w, step):
        return w - 0.1 / (step + 1) * w
    for step in range(1000):
        w = update(w, step)                               # a thousand compilations

Write instead
    @jax.jit                                              # what is only computed with need not be static
    def update(w, step): ...
    config = Config(…)                                    # before the loop
    @dataclasses.dataclass(frozen=True)                   # equal objects share a program

When it stays silent
For loops over a list or tuple, and for a `range` of no more steps than the option `unrolled-steps` allows: each step may
need a program of its own, and few are no loss. For frozen dataclasses, named tuples, bound methods and whatever else is
equal to the one before; under a condition, in traced code, in comprehensions.

References
https://docs.jax.dev/en/latest/jit-compilation.html#marking-arguments-as-static
https://docs.jax.dev/en/latest/_autosummary/jax.jit.html
""",
)


class VaryingListeners:
    """The rule about static arguments that are new each time."""

    rules: ClassVar[tuple[Rule, ...]] = (VARYING_STATIC,)
    session: Session

    @listens_to(StaticArgument)
    def varying(self, argument: StaticArgument) -> Iterator[Finding]:
        """`f(x, step)`."""
        wrapper, place = argument.transformed.transformation, argument.place
        if place is None or not isinstance(wrapper, Wrapper) or not wrapper.caches or not runs_eagerly(argument.frame):
            return
        repetition = repetition_of(argument.frame, argument.node)
        if repetition is None or argument.transformed.node is None or repetition.makes(argument.transformed.node):
            return
        what = self._what(repetition, argument, place)
        if what is not None:
            fills = {
                "code": source_of(place),
                "what": what[0],
                "line": repetition.where,
                "transformation": wrapper.path,
                "instead": what[1],
            }
            yield Finding(VARYING_STATIC, argument.node, fills)

    def _what(self, repetition: Repetition, argument: StaticArgument, place: nodes.NodeNG) -> tuple[str, str] | None:
        """In which way an argument is new, and what to write instead."""
        value = argument.value
        match value:
            case Const(int() | float()) | Host(HostKind.INT | HostKind.FLOAT):
                many = isinstance(place, nodes.Name) and repetition.counts(place.name) and self._are_many(repetition)
                return ("another number", "make it traced, or keep the number of values small") if many else None
            case Function() | Partial() | Transformed():
                fresh = repetition.fresh(place, value)
            case Bound():
                return None  # equal to what the same object gave before
            case _:
                fresh = repetition.fresh_object(place, value)
        made = place if not isinstance(place, nodes.Name) else repetition.assigned(place.name)
        alike = fresh and repetition.always_alike(value.node if isinstance(value, Function) else made or place)
        return ("a new object", "make it once, before the loop") if alike else None

    def _are_many(self, repetition: Repetition) -> bool:
        match repetition.loop:
            case nodes.For(iter=nodes.Call(func=nodes.Name(name="range"), args=arguments)):
                bounds = [a.value for a in arguments if isinstance(a, nodes.Const) and isinstance(a.value, int)]
                known = len(bounds) == len(arguments)
                return not known or len(range(*bounds)) > self.session.options.unrolled_steps
        return True


__all__ = ["VARYING_STATIC", "VaryingListeners"]
