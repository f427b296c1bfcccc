"""Where ways of control flow fork and meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jaxlint.trace.frame import join_envs
from jaxlint.trace.identity import made_where_ways_meet

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.staleness import State
    from jaxlint.trace.tracer import Tracer


def meet_ways(
    t: Tracer, frame: Frame, node: nodes.NodeNG, before: Env, ways: Sequence[Callable[[], bool]]
) -> bool:
    """Walk each way from the environment `before`, then join those that arrive; False when none does.

    Each way puts its environment into `frame.env` and returns whether control reaches its end.
    """
    after: Env | None = None
    arrivals: list[Env] = []
    journal, noted = t.journal, t.journal.state
    arrived: State | None = None
    frame.branch_depth += 1
    for way in ways:
        frame.env = before
        journal.state = noted
        if way():
            arrived = journal.state if arrived is None else arrived.join(journal.state)
            after = join_envs(after, frame.env) if after is not None else frame.env
            arrivals.append(frame.env)
    frame.branch_depth -= 1
    journal.state = noted if arrived is None else arrived
    if after is None:
        frame.env = before
        return False
    frame.env = after
    if len(arrivals) > 1:
        made_where_ways_meet(frame, node, before, arrivals)
    return True
