"""What happens between two readings of the clock: computations that are started, and waiting for them.

start = time.perf_counter()             # TIMED
y = step(x)                             # DISPATCHED: returns before it is done
seconds = time.perf_counter() - start   # observed, since nothing has waited
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.trace.events import ANYTHING, Event, Fate, Record, note
from jaxlint.trace.observations import TimedRegion

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer

_TIMED = Record(Fate.TIMED, ANYTHING)
_DISPATCHED = Record(Fate.DISPATCHED, ANYTHING)


def dispatched(frame: Frame, node: nodes.NodeNG) -> None:
    """A compiled function is called: the call returns before what it computes is done."""
    if frame.context.depth == 0:
        note(frame, Fate.DISPATCHED, ANYTHING, node)


def perhaps_waited(frame: Frame) -> None:
    """Something is called that is not known, and may wait for what was started."""
    frame.env.pop(_DISPATCHED, None)


def tick(t: Tracer, frame: Frame, node: nodes.NodeNG) -> None:
    """The clock is read."""
    if frame.context.depth > 0:
        return
    start, call = frame.env.get(_TIMED), frame.env.pop(_DISPATCHED, None)
    if isinstance(start, Event) and isinstance(call, Event) and start.surely and call.surely:
        t.observe(TimedRegion(node, frame, start.node, call.node))
    note(frame, Fate.TIMED, ANYTHING, node)
