"""Names: looked up in the frame, the frames around it, the module, and Python's builtins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.trace.staleness import Place, read_in_trace, scope_of
from jaxlint.values import UNKNOWN, Dict, List, Value

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.tracer import Tracer


def read_name(t: Tracer, frame: Frame, node: nodes.Name) -> Value:
    """The value that a name has here."""
    name: str = node.name
    value = frame.env.get(name)
    if value is not None and not frame.nonlocal_names and name not in frame.global_names:
        return value
    owner = frame.owner_of(name)
    if owner is None:
        if name in _MODULE_NAMES:
            return _MODULE_NAMES_VALUE
        return t.external(f"builtins.{name}")
    value = owner.env.get(name, UNKNOWN)
    if owner.kind is FrameKind.MODULE and owner is not frame:
        value = _perhaps_filled(t, owner, name, value)
    if frame.context.keeper is not None and owner.traces == 0 and _is_rebound(t, owner, name):
        read_in_trace(t, frame, node, Place(scope_of(owner), name), value)
    return value


def _perhaps_filled(t: Tracer, owner: Frame, name: str, value: Value) -> Value:
    """A container of the module, once functions of it, which may have run, put something into it."""
    match value:
        case List(items=()) if name in t.filled(owner.module_name):
            return replace(value, items=None, element=UNKNOWN)
        case Dict(items=(), rest=None) if name in t.filled(owner.module_name):
            return replace(value, rest=UNKNOWN)
        case Dict() if name in t.filled(owner.module_name):
            return replace(value, others=UNKNOWN)
    return value


def _is_rebound(t: Tracer, owner: Frame, name: str) -> bool:
    """Whether a name is bound in more than one place of its scope, so that following its readers may tell something."""
    tree = t.sources.tree(owner.module_name) if owner.function is None else owner.function.node
    return tree is not None and len(tree.locals.get(name, ())) > 1


_MODULE_NAMES = frozenset({"__name__", "__file__", "__doc__", "__package__", "__spec__", "__loader__", "__path__"})
_MODULE_NAMES_VALUE = UNKNOWN
