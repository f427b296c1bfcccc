"""Assignment targets: names, attributes, items, and unpacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.attributes import write_attribute
from jaxlint.trace.frame import FrameKind
from jaxlint.trace.items import write_item
from jaxlint.trace.iteration import items_of, iterate, unpack
from jaxlint.trace.observations import Escape, Target
from jaxlint.trace.staleness import Place, bound_outside, scope_of
from jaxlint.values import UNKNOWN, Const, Function, List, Value, join_all

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def assign(t: Tracer, frame: Frame, target: nodes.NodeNG, value: Value) -> None:
    """`target = value` for any kind of target."""
    match target:
        case nodes.AssignName(name=name):
            bind_name(t, frame, target, name, value)
        case nodes.AssignAttr():
            write_attribute(t, frame, target, value)
        case nodes.Subscript():
            write_item(t, frame, target, value)
        case nodes.Tuple(elts=targets) | nodes.List(elts=targets):
            _unpack(t, frame, target, targets, value)
        case nodes.Starred(value=inner):
            assign(t, frame, inner, value)


def bind_name(t: Tracer, frame: Frame, node: nodes.NodeNG, name: str, value: Value) -> None:
    """Bind a name; seen as an escape when the name belongs to a scope around the trace."""
    if name in frame.global_names or name in frame.nonlocal_names:
        owner = _bind_around(t, frame, node, name, value)
    else:
        owner = frame
        frame.env[name] = value
    t.bound(frame, node, name, value)
    if owner is not frame or t.journal.state.reads:
        place = Place(scope_of(owner), name)
        if owner is not frame or place in t.journal.state.reads:
            bound_outside(t, frame, node, place, value)
    if owner is frame and frame.kind is FrameKind.FUNCTION:
        frame.rebound.add(name)


def _bind_around(t: Tracer, frame: Frame, node: nodes.NodeNG, name: str, value: Value) -> Frame:
    """Bind a name that is declared `global` or `nonlocal`; the frame that it belongs to."""
    owner = frame.owner_of(name) if name in frame.global_names and restores(frame.function, name) else None
    before = None if owner is not None else frame.find(name)
    owner = owner or frame.bind(name, value)
    if owner is not frame and owner.traces < frame.context.depth and not _is_equal(before, value):
        target = Target.GLOBAL if owner.kind is FrameKind.MODULE else Target.NONLOCAL
        t.observe(Escape(node, frame, target, name, value, UNKNOWN, owner.traces))
    return owner


def _is_equal(before: Value | None, after: Value) -> bool:
    """Whether a name keeps its value: `limit = float(limit)`."""
    return isinstance(before, Const) and isinstance(after, Const) and bool(before.value == after.value)


def restores(function: Function | None, name: str) -> bool:
    """Whether a function puts a global back in a `finally`, so that others mostly see the value that it had before."""
    if function is None:
        return False
    return any(
        isinstance(target, nodes.AssignName) and target.name == name
        for attempt in function.node.nodes_of_class(nodes.Try)
        for statement in attempt.finalbody
        for target in statement.nodes_of_class(nodes.AssignName)
    )


def _unpack(t: Tracer, frame: Frame, node: nodes.NodeNG, targets: list[nodes.NodeNG], value: Value) -> None:
    starred = next((i for i, target in enumerate(targets) if isinstance(target, nodes.Starred)), None)
    if starred is None:
        for target, item in zip(targets, unpack(t, frame, node, value, len(targets)), strict=True):
            assign(t, frame, target, item)
        return
    items = items_of(value)
    after = len(targets) - starred - 1
    if items is not None and len(items) >= len(targets) - 1:
        middle = items[starred : len(items) - after]
        parts = [*items[:starred], List(tuple(middle), UNKNOWN, frame.context.depth), *items[len(items) - after :]]
        for target, item in zip(targets, parts, strict=True):
            assign(t, frame, target, item)
        return
    element = iterate(t, frame, node, value) if items is None else join_all(items)
    for index, target in enumerate(targets):
        assign(t, frame, target, List(None, element, frame.context.depth) if index == starred else element)
