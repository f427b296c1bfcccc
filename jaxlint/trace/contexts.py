"""`with`: what a context manager binds, and those of JAX that change what is traced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from jaxlint.model.schema import ClassKind
from jaxlint.trace.attributes import class_kind
from jaxlint.trace.binding import Arguments
from jaxlint.values import (
    NONE,
    UNKNOWN,
    Answer,
    Class,
    External,
    Function,
    Instance,
    Iterator,
    Partial,
    Value,
)
from jaxlint.values.objects import Fields

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
        case Instance(cls=External(path="contextlib"), fields=fields):
            return fields.get("entered", UNKNOWN)
        case Instance(cls=Class() as cls):
            found = cls.find("__enter__")
            return UNKNOWN if found is None else t.call(frame, node, found[0], Arguments((manager,)))
    return UNKNOWN


def _of_generator(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`@contextlib.contextmanager` on a function; what it does to a method is not followed."""
    match arguments.positional:
        case (Function(owner=None) as function,):
            return Partial(External(_CALL_GENERATOR), (function,))
    return UNKNOWN


def _call_generator(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    function, *rest = arguments.positional
    given = replace(arguments, positional=tuple(rest), nodes=arguments.nodes[-len(rest) :] if rest else ())
    result = t.call(frame, node, function, given)
    return _manager(result.element if isinstance(result, Iterator) else UNKNOWN)


def _null(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    return _manager(arguments.get(0, "enter_result") or NONE)


def _manager(entered_with: Value) -> Value:
    return Instance(External("contextlib"), Fields({"entered": entered_with}), exact=True)


_CALL_GENERATOR = "jaxlint.call_generator"

MANAGERS: Mapping[str, Callable[[Tracer, Frame, nodes.NodeNG, Arguments], Value]] = MappingProxyType({
    "contextlib.contextmanager": _of_generator,
    "contextlib.nullcontext": _null,
    _CALL_GENERATOR: _call_generator,
})
"""What makes context managers, for calls of library functions."""


def leave(frame: Frame, context: Context) -> None:
    """The end of the `with` block."""
    frame.context = context
