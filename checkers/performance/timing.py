"""Measuring time: a call of a compiled function returns before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.observations import TimedRegion
from jaxlint.trace.python_loops import assigned_name

UNBLOCKED_TIMING = Rule(
    6901,
    "jax-unblocked-timing",
    Severity.WARNING,
    "the time until `{code}` has been started is measured, not until it is done: call jax.block_until_ready on the result "
    "before the clock is read, and once before the measurement, to compile",
    explanation="""Time is measured around a compiled function, and nothing waits for it.

What it does
Reports the second reading of a clock, `time.perf_counter() - start`, when a compiled function was called in between and
nothing has waited for what it computes.

Why
JAX starts the computation and returns. What is measured is the time of the dispatch, some microseconds whatever the
function does, and in the first call the time of tracing and compiling.

    start = time.perf_counter()
    y = step(x)
    print(time.perf_counter() - start)

Write instead
    jax.block_until_ready(step(x))                        # compiles
    start = time.perf_counter()
    y = jax.block_until_ready(step(x))
    print(time.perf_counter() - start)

When it stays silent
When anything between the call and the clock waits: block_until_ready, float, print, np.asarray, or a function that is given
an array and is not known. When the two readings are not subtracted, and when they do not stand in one block: how long a
program has run is another question.

References
https://docs.jax.dev/en/latest/async_dispatch.html
https://docs.jax.dev/en/latest/benchmarking.html
""",
)


class Timing:
    """69: what a measurement encloses."""

    rules: ClassVar[tuple[Rule, ...]] = (UNBLOCKED_TIMING,)

    @listens_to(TimedRegion)
    def unblocked(self, region: TimedRegion) -> Iterator[Finding]:
        """The difference of two readings of the clock."""
        start = assigned_name(region.start)
        together = region.start.statement().parent is region.node.statement().parent
        if start is not None and together and _is_subtracted(region.node, start):
            yield Finding(UNBLOCKED_TIMING, region.node, {"code": source_of(region.call)})


def _is_subtracted(end: nodes.NodeNG, start: str) -> bool:
    """Whether the first reading, by its name, is subtracted from the second."""
    if _is_difference(end.parent, start) and end.parent.left is end:
        return True
    name = assigned_name(end)
    differences = (d for d in end.scope().nodes_of_class(nodes.BinOp) if _is_difference(d, start))
    return name is not None and any(isinstance(d.left, nodes.Name) and d.left.name == name for d in differences)


def _is_difference(node: nodes.NodeNG, start: str) -> bool:
    match node:
        case nodes.BinOp(op="-", right=nodes.Name(name=name)):
            return bool(name == start)
    return False


__all__ = ["UNBLOCKED_TIMING", "Timing"]
