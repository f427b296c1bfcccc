"""Results: what a traced function returns must be arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import Hiding, Loop, Staging, Wrapper
from jaxlint.rules import Finding, Rule, Severity, listens_to
from jaxlint.trace.observations import LoopCall, TransformApplied, TransformedCall
from jaxlint.values import Function, Value, underlying

from .kinds import builds_program, no_array

INVALID_RETURN = Rule(
    6604,
    "jax-invalid-return",
    Severity.ERROR,
    "`{name}` returns {what} under {transformation}, which gives arrays back only; return arrays, and keep the rest outside",
    explanation="""A traced function returns something that is no array.

What it does
Reports a function under `jax.jit`, `jax.checkpoint`, `lax.scan`, `lax.cond` and their like that returns a string, a set, a
range, an iterator, a function, a class, a dtype or an object of a class that is no pytree, also inside of a tuple, list or
dict; and a generator function under `jax.jit`.

Why
What comes out of a compiled program is arrays: TypeError, "… which is not a valid JAX type".

    @jax.jit
    def train(x):
        return {"loss": jnp.mean(x ** 2), "unit": "m"}

Write instead
    return {"loss": jnp.mean(x ** 2)}      # and the unit where it is called
    return x, y                            # not `yield`

When it stays silent
On numbers, None, shapes, enumerations of integers, registered classes and `jax.tree_util.Partial`.

References
https://docs.jax.dev/en/latest/pytrees.html
https://docs.jax.dev/en/latest/_autosummary/jax.jit.html
""",
)


class ResultListeners:
    """The rule about what comes out."""

    rules: ClassVar[tuple[Rule, ...]] = (INVALID_RETURN,)

    @listens_to(TransformedCall)
    def wrapped(self, call: TransformedCall) -> Iterator[Finding]:
        """`jit(f)(x)`."""
        row, place = call.transformed.transformation, call.transformed.node
        if isinstance(row, Wrapper) and builds_program(row) and place is not None:
            yield from _refused(place, row, call.transformed.function, call.returned)

    @listens_to(TransformApplied)
    def generator(self, applied: TransformApplied) -> Iterator[Finding]:
        """`jit` of a function that yields."""
        function = applied.transformed.function
        if applied.wrapper.validates and isinstance(function, Function) and _yields(function):
            fills = {"name": function.name, "what": "a generator", "transformation": applied.wrapper.path}
            yield Finding(INVALID_RETURN, applied.node, fills)

    @listens_to(LoopCall)
    def looped(self, call: LoopCall) -> Iterator[Finding]:
        """`scan(f, …)`."""
        row = call.loop
        if any(no_array(operand, iterators=True) for operand in call.operands):
            return  # what goes in is told by another rule
        if row.hiding is Hiding.HIDDEN and row.staging is Staging.YES:
            for (_, function), result in zip(call.functions, call.results, strict=False):
                yield from _refused(call.node, row, function, result)


def _refused(place: nodes.NodeNG, row: Wrapper | Loop, function: Value, result: Value) -> Iterator[Finding]:
    base = underlying(function)
    if not isinstance(base, Function):
        return
    what = no_array(result, iterators=True)
    if what is not None:
        fills = {"name": base.name, "what": what, "transformation": row.path}
        yield Finding(INVALID_RETURN, place, fills)


def _yields(function: Function) -> bool:
    return isinstance(function.node, nodes.FunctionDef) and bool(function.node.is_generator())


__all__ = ["INVALID_RETURN", "ResultListeners"]
