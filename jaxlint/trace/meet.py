"""Where ways of control flow fork and meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jaxlint.trace.frame import join_envs

if TYPE_CHECKING:
    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.staleness import State
    from jaxlint.trace.tracer import Tracer


def meet_ways(t: Tracer, frame: Frame, before: Env, ways: Sequence[Callable[[], bool]]) -> bool:
    """Walk each way from the environment `before`, then join those that arrive; False when none does.

    Each way puts its environment into `frame.env` and returns whether control reaches its end.
    """
    after: Env | None = None
    journal, noted = t.journal, t.journal.state
    arrived: State | None = None
    frame.branch_depth += 1
    for way in ways:
        frame.env = before
        journal.state = noted
        if way():
            arrived = journal.state if arrived is None else arrived.join(journal.state)
            after = join_envs(after, frame.env) if after is not None else frame.env
    frame.branch_depth -= 1
    journal.state = noted if arrived is None else arrived
    if after is None:
        frame.env = before
        return False
    frame.env = after
    return True
