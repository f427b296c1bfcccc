"""Streams of random numbers: a module draws what the keys say that it is given, and the same from the same key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.observations import FrameworkCall
from jaxlint.trace.python_loops import bound_in, is_written_out, loop_around, names_in, runs_each_step
from jaxlint.trace.scope import keyword_of

LINEN_REPEATED_RNGS = Rule(
    7012,
    "jax-linen-repeated-rngs",
    Severity.WARNING,
    '`{code}` draws from "{stream}" with the same key in each step of the loop in line {line}, and so the same numbers: '
    "split the key, or fold the step into it",
    explanation="""A module draws with the same key in each step of a loop.

What it does
Reports `module.apply(..., rngs=...)` in a Python loop where the module surely draws random numbers, through an active
`nn.Dropout` or `self.make_rng(name)`, and the loop binds none of the names from which the keys come.

Why
`apply` derives what it draws from the key alone. Dropout leaves out the same units in each step, samples are all equal, and
nothing says so.

    for x in batches:
        logits = model.apply(variables, x, train=True, rngs={"dropout": key})

Write instead
    for step, x in enumerate(batches):
        rngs = {"dropout": jax.random.fold_in(key, step)}
        logits = model.apply(variables, x, train=True, rngs=rngs)

When it stays silent
Where the keys come from a call or an attribute, which may give others each time; under a condition; in a loop over a list or
tuple that is written out; where dropout may be inactive.

References
https://flax-linen.readthedocs.io/en/latest/guides/flax_fundamentals/rng_guide.html
https://docs.jax.dev/en/latest/random-numbers.html
""",
)


class Streams:
    """70: keys that modules draw with."""

    rules: ClassVar[tuple[Rule, ...]] = (LINEN_REPEATED_RNGS,)

    @listens_to(FrameworkCall)
    def repeated(self, call: FrameworkCall) -> Iterator[Finding]:
        """`apply` in a loop, with a key from before it."""
        loop, given = loop_around(call.node), keyword_of(call.node, call.row.streams)
        if loop is None or given is None or not call.drawn or is_written_out(call.frame, loop):
            return
        if not runs_each_step(call.node, loop) or names_in(given) & bound_in(loop):
            return
        if next(given.nodes_of_class((nodes.Call, nodes.Attribute)), None) is None:
            fills = {"code": source_of(call.node), "stream": call.drawn[0][0], "line": str(loop.lineno)}
            yield Finding(LINEN_REPEATED_RNGS, call.node, fills)


__all__ = ["LINEN_REPEATED_RNGS", "Streams"]
