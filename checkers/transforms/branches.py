"""Branches: `cond` and `switch` compile every branch, and whichever runs gives the same type."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from jaxlint.model.schema import Gives, Hiding, Loop
from jaxlint.rules import Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace.observations import LoopCall
from jaxlint.trace.structure import difference

from .arities import misfit
from .words import where

BRANCH_MISMATCH = Rule(
    6705,
    "jax-branch-mismatch",
    Severity.ERROR,
    "`{code}` {trouble}",
    explanation="""The branches of `cond` or `switch` do not agree.

What it does
Reports branches that surely return different structures, shapes or dtypes, and branches that do not take as many
arguments as there are operands.

Why
Which branch runs is not known before there are values, so what comes out has to have one type: TypeError. The branches
are compared as they are: `1` and `2.0` do not agree.

    jax.lax.cond(x > 0, lambda: 0, lambda: x)          # an int32 or a float32

Write instead
    jax.lax.cond(x > 0, lambda: 0.0, lambda: x)
    jax.lax.cond(x > 0, f, g, x)                       # f(x) or g(x)

When it stays silent
Where structure, shape or dtype of a branch are not known; where only one of two equal dtypes is weak, as of `1.0` and
`jnp.float32(2)`; on what stands in a dict.

References
https://docs.jax.dev/en/latest/_autosummary/jax.lax.cond.html
https://docs.jax.dev/en/latest/_autosummary/jax.lax.switch.html
""",
)


class BranchListeners:
    """The rule about branches."""

    rules: ClassVar[tuple[Rule, ...]] = (BRANCH_MISMATCH,)

    @listens_to(LoopCall)
    def branches(self, call: LoopCall) -> Iterator[Finding]:
        """A choice of functions that all return what the whole returns."""
        if not _chooses(call.loop):
            return
        trouble = misfit(call) or _disagreement(call)
        if trouble:
            fills = {"code": source_of(call.node), "trouble": trouble}
            yield Finding(BRANCH_MISMATCH, call.node, fills, because(call, call.result))


def _chooses(loop: Loop) -> bool:
    several = len(loop.callees) > 1 or any(callee.many for callee in loop.callees)
    return loop.gives is Gives.RESULT and loop.hiding is Hiding.HIDDEN and several


def _disagreement(call: LoopCall) -> str:
    for first, second in pairwise(run.result for run in call.runs):
        found = difference(first, second)
        if found is not None:
            return f"has branches of different {found.aspect.value}{where(found)}: {found.first}, {found.second}"
    return ""
