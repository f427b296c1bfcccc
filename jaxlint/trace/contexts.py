"""`with`: what a context manager binds, and those of JAX that change what is traced."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.model.schema import ClassKind
from jaxlint.trace.attributes import class_kind
from jaxlint.trace.binding import Arguments
from jaxlint.values import UNKNOWN, Answer, Class, External, Instance, Value

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.context import Context
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer

_EAGER_MANAGERS = frozenset({"jax.ensure_compile_time_eval", "jax.disable_jit"})
"""Inside of these nothing new is staged out: an array made there is concrete."""


def entered(t: Tracer, frame: Frame, node: nodes.NodeNG, manager: Value) -> Value:
    """What `with manager as value` binds; some managers change the frame's context."""
    match manager:
        case Instance(cls=External(path)) if path in _EAGER_MANAGERS:
            frame.context = replace(frame.context, staging=Answer.NO)
            return UNKNOWN
        case Instance(cls=External() as cls) if class_kind(cls) is ClassKind.LOCK:
            frame.context = replace(frame.context, locked=True)
            return UNKNOWN
        case Instance(cls=Class() as cls):
            found = cls.find("__enter__")
            return UNKNOWN if found is None else t.call(frame, node, found[0], Arguments((manager,)))
    return UNKNOWN


def leave(frame: Frame, context: Context) -> None:
    """The end of the `with` block."""
    frame.context = context
