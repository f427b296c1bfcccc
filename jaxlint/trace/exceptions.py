"""`try`: a handler starts from what any statement of the body may have left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.assignment import bind_name
from jaxlint.trace.frame import Expects, join_envs
from jaxlint.trace.observations import BinaryOperation, ExceptionGuard, ItemRead, LibraryCall, MethodCall
from jaxlint.values import UNKNOWN, External, Tuple, Value

if TYPE_CHECKING:
    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.tracer import Tracer


_COMPUTATIONS = (BinaryOperation, ItemRead, LibraryCall, MethodCall)


def run_try(t: Tracer, frame: Frame, node: nodes.Try | nodes.TryStar) -> bool:
    """`try: … except …: … else: … finally: …`."""
    before = frame.env.copy()
    waits = frame.expects
    frame.expects = _expected(t, frame, node) or waits
    with t.watching() as watched:
        alive = t.run_block(frame, node.body)
    frame.expects = waits
    computed = tuple(seen for seen in watched if seen.frame is frame and isinstance(seen, _COMPUTATIONS))
    for handler in node.handlers:
        names = _caught(t, frame, handler)
        if names:
            t.observe(ExceptionGuard(handler, frame, names, node, computed))
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


_PROBES = frozenset({"builtins.NameError"})
"""Classes whose handlers ask JAX something: whether an axis has a name."""

_GENERAL = frozenset({"builtins.Exception", "builtins.BaseException", "builtins.TypeError"})
"""Classes of which the errors for tracers are."""


def _expected(t: Tracer, frame: Frame, node: nodes.Try | nodes.TryStar) -> Expects | None:
    names = [name for handler in node.handlers for name in _caught(t, frame, handler)]
    if any(name.startswith(("jax.errors.", "jax.core.")) or name in _PROBES for name in names):
        return Expects.IN_CALLS
    if any(handler.type is None for handler in node.handlers) or _GENERAL.intersection(names):
        return Expects.HERE
    return None


def expected_by(manager: nodes.NodeNG) -> bool:
    """Whether a `with` waits for an error: `pytest.raises(…)`, `self.assertRaises(…)`."""
    match manager:
        case nodes.Call(func=nodes.Attribute(attrname=name) | nodes.Name(name=name)):
            return bool(name == "raises" or name.startswith("assertRaises"))
    return False


def _caught(t: Tracer, frame: Frame, handler: nodes.ExceptHandler) -> tuple[str, ...]:
    if handler.type is None:
        return ()
    classes = t.evaluate(frame, handler.type)
    values: tuple[Value, ...] = classes.items if isinstance(classes, Tuple) else (classes,)
    return tuple(value.path for value in values if isinstance(value, External))
