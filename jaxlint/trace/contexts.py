"""`with`: what a context manager binds, and those of JAX that change what is traced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from jaxlint.model.schema import ClassKind, Manager
from jaxlint.trace.attributes import class_kind
from jaxlint.trace.binding import Arguments
from jaxlint.values import (
    FALSE,
    NONE,
    UNKNOWN,
    Answer,
    Class,
    Const,
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

def entered(t: Tracer, frame: Frame, node: nodes.NodeNG, manager: Value) -> Value:
    """What `with manager as value` binds; some managers change the frame's context."""
    match manager:
        case Instance(cls=External(meaning=Manager() as row), fields=fields):
            if fields.get(_SWITCH) != FALSE:
                frame.context = _inside(frame.context, row)
            return UNKNOWN
        case Instance(cls=External(path=path), fields=fields) if path == _PATCH:
            target = fields.get("target")
            if isinstance(target, Const) and isinstance(target.value, str):
                frame.context = replace(frame.context, replaced=frame.context.replaced | {target.value})
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


def _inside(context: Context, row: Manager) -> Context:
    return replace(
        context,
        staging=context.staging if row.stages else Answer.NO,
        plain=context.plain or row.plain,
        replaced=context.replaced | frozenset(row.replaces),
    )


def made_manager(callee: External, row: Manager, arguments: Arguments) -> Value:
    """A manager of a library, on or off."""
    given = [value for index, name in enumerate(row.switches) if (value := arguments.get(index, name)) is not None]
    return Instance(callee, Fields({_SWITCH: given[0]} if given else {}), exact=True)


def _patch(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`mock.patch("jax.pmap", …)`."""
    return Instance(External(_PATCH), Fields({"target": arguments.get(0, "target") or UNKNOWN}), exact=True)


def _patch_object(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`mock.patch.object(jax, "pmap", …)`."""
    match arguments.get(0, "target"), arguments.get(1, "attribute"):
        case External(path=path), Const(str() as name):
            return Instance(External(_PATCH), Fields({"target": Const(f"{path}.{name}")}), exact=True)
    return UNKNOWN


def _configured(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`jax.config.update("jax_disable_jit", True)`: for what follows."""
    match arguments.get(0, "name"), arguments.get(1, "val"):
        case Const("jax_disable_jit"), Const(bool() as plain):
            frame.context = replace(frame.context, plain=plain)
    return NONE


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


_SWITCH = "on"
_PATCH = "unittest.mock.patch"
_CALL_GENERATOR = "jaxlint.call_generator"

MANAGERS: Mapping[str, Callable[[Tracer, Frame, nodes.NodeNG, Arguments], Value]] = MappingProxyType({
    "contextlib.contextmanager": _of_generator,
    "contextlib.nullcontext": _null,
    _CALL_GENERATOR: _call_generator,
    _PATCH: _patch,
    f"{_PATCH}.object": _patch_object,
    "jax.config.update": _configured,
})
"""What makes context managers, for calls of library functions."""


def leave(frame: Frame, context: Context) -> None:
    """The end of the `with` block."""
    frame.context = context
