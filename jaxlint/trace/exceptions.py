"""`try`: a handler starts from what any statement of the body may have left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.assignment import bind_name
from jaxlint.trace.frame import join_envs
from jaxlint.trace.observations import ExceptionGuard
from jaxlint.values import UNKNOWN, External, Tuple, Value

if TYPE_CHECKING:
    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.tracer import Tracer


def run_try(t: Tracer, frame: Frame, node: nodes.Try | nodes.TryStar) -> bool:
    """`try: … except …: … else: … finally: …`."""
    before = frame.env.copy()
    for handler in node.handlers:
        names = _caught(t, frame, handler)
        if names:
            t.observe(ExceptionGuard(handler, frame, names, node))
    alive = t.run_block(frame, node.body)
    body_end = frame.env
    interrupted = join_envs(before, body_end)
    if alive and node.orelse:
        alive = t.run_block(frame, node.orelse)
    after: Env | None = frame.env if alive else None
    frame.branch_depth += 1
    for handler in node.handlers:
        assert interrupted is not None  # the environment before always exists
        frame.env = interrupted.copy()
        if handler.name is not None:
            bind_name(t, frame, handler.name, handler.name.name, UNKNOWN)
        if t.run_block(frame, handler.body):
            after = join_envs(after, frame.env)
    frame.branch_depth -= 1
    if node.finalbody:
        reaches = after is not None
        start = after if after is not None else interrupted
        assert start is not None  # the environment before always exists
        frame.env = start
        if not t.run_block(frame, node.finalbody):
            return False
        return reaches
    if after is None:
        frame.env = before
        return False
    frame.env = after
    return True


def _caught(t: Tracer, frame: Frame, handler: nodes.ExceptHandler) -> tuple[str, ...]:
    if handler.type is None:
        return ()
    classes = t.evaluate(frame, handler.type)
    values: tuple[Value, ...] = classes.items if isinstance(classes, Tuple) else (classes,)
    return tuple(value.path for value in values if isinstance(value, External))
