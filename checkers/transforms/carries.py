"""Loops: what goes round in a loop keeps its structure, its shapes and its dtypes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import Callee, Gives, Source
from jaxlint.rules import Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace import dtypes
from jaxlint.trace.observations import LoopCall, Run
from jaxlint.trace.structure import (
    Aspect,
    described_node,
    difference,
    is_leaf,
    shape_of,
    unlike_dtypes,
    unlike_shapes,
)
from jaxlint.values import Array, List, Tuple, Value
from jaxlint.values.join import alternatives
from jaxlint.values.pytree import leaves

from .arities import misfit
from .words import where

LOOP_CARRY = Rule(
    6706,
    "jax-loop-carry",
    Severity.ERROR,
    "`{code}` {trouble}",
    explanation="""The body of a loop does not fit the loop.

What it does
Reports a body of `scan`, `fori_loop`, `while_loop`, `map` or `associative_scan` that takes another number of arguments
than the loop gives it; a body of `scan` that returns no pair; and a carry that comes out of the body with another
structure, shape or dtype than it went in with.

Why
A loop is compiled once for all rounds, so the carry of every round has one type: TypeError.

    def step(total, x):
        return total + x                    # scan wants (carry, y)
    jax.lax.scan(step, 0.0, xs)

    jax.lax.fori_loop(0, 3, lambda i, x: jnp.append(x, i), jnp.zeros(3))

Write instead
    def step(total, x):
        return total + x, None

    jax.lax.fori_loop(0, 3, lambda i, x: x.at[3 + i].set(i), jnp.zeros(6))
    jax.lax.scan(step, jnp.float32(0), xs)          # start with the dtype that the rounds have

When it stays silent
On Python numbers that become another number, as in `scan(step, 0, floats)`: their weak type gives way. Where structure,
shape or dtype of a side are not known. On what stands in a dict.

References
https://docs.jax.dev/en/latest/_autosummary/jax.lax.scan.html
https://docs.jax.dev/en/latest/_autosummary/jax.lax.while_loop.html
""",
)

_ROUNDS = (Source.CARRY, Source.SLICE, Source.PART)


class CarryListeners:
    """The rule about loops."""

    rules: ClassVar[tuple[Rule, ...]] = (LOOP_CARRY,)

    @listens_to(LoopCall)
    def body(self, call: LoopCall) -> Iterator[Finding]:
        """A loop, with the body that it is given."""
        if not any(taken.source in _ROUNDS for callee in call.loop.callees for taken in callee.takes):
            return
        trouble = misfit(call) or next(filter(None, map(_of_carry, [call] * len(call.runs), call.functions, call.runs)), "")
        if trouble:
            yield Finding(
                LOOP_CARRY, call.node, {"code": source_of(call.node), "trouble": trouble}, because(call, call.result)
            )


def _of_carry(call: LoopCall, given: tuple[Callee, Value], run: Run) -> str:
    callee, _ = given
    sources = [taken.source for taken in callee.takes]
    if Source.CARRY not in sources or run.inside is None or callee is not call.loop.callees[-1]:
        return ""
    initial, returned = run.inside[sources.index(Source.CARRY)], run.first
    if call.loop.gives is Gives.CARRY_AND_STACK:
        if all(map(_is_no_pair, alternatives(returned))):
            return f"has a body that must return a pair (carry, y), and returns {described_node(alternatives(returned)[0])}"
        if not (isinstance(returned, Tuple | List) and returned.items is not None and len(returned.items) == 2):
            return ""
        returned = returned.items[0]
    settled = _is_settled(initial, returned)

    def unlike(before: Value, after: Value) -> Aspect | None:
        if unlike_shapes(shape_of(before), shape_of(after)):
            return Aspect.SHAPE
        return Aspect.DTYPE if _changes_dtype(before, after, settled) else None

    found = difference(initial, returned, unlike)
    if found is None:
        return ""
    return f"starts with {found.first} as its carry{where(found)}, and its body returns {found.second} there"


def _is_no_pair(returned: Value) -> bool:
    """Whether what a body returns surely cannot be taken apart into carry and output."""
    words = described_node(returned)
    return (
        words != ""
        and words not in ("a dict", "a tuple of 2", "a list of 2")
        and (is_leaf(returned) or words == "None" or isinstance(returned, Tuple | List))
    )


def _changes_dtype(before: Value, after: Value, settled: bool) -> bool:
    """Whether JAX refuses the dtype: a weak one gives way, unless a number becomes a boolean.

    Once a weak one gives way the body is traced anew, and everything else may come out otherwise than at first.
    """
    if not unlike_dtypes(before, after):
        return False
    if isinstance(before, Array) and before.weak is False:
        return settled
    return settled and dtypes.dtype_of(after)[0] == "bool"


def _is_settled(initial: Value, returned: Value) -> bool:
    """Whether no weak dtype of the first carry gives way to another number."""
    pairs = zip(leaves(initial), leaves(returned), strict=False)
    return all(
        before.weak is False or before.dtype is None or dtypes.dtype_of(after)[0] in (before.dtype, "bool")
        for before, after in pairs
        if isinstance(before, Array)
    )
