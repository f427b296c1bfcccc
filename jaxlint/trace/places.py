"""Places that hold containers and objects: what changes in place becomes a new value there.

Values are immutable, so a change in place gives a new value to the place that holds the container: `store` follows the
expression (`self.cache["k"]`) to the name at its root. Other names of the same container keep the old value.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.iteration import items_of
from jaxlint.values import (
    NEVER,
    UNKNOWN,
    Bound,
    Class,
    Const,
    Dict,
    Function,
    Instance,
    List,
    Partial,
    Slice,
    Transformed,
    Union,
    Value,
    alternatives,
    join,
    join_all,
)
from jaxlint.values.join import dict_value, list_element
from jaxlint.values.keys import known_key

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


_CODE = (Function, Class, Transformed, Partial, Bound)


def registered_in(t: Tracer, frame: Frame, place: nodes.NodeNG, target: Value, value: Value) -> Value:
    """A container into which code is put, as far as it is filled: a registry has what modules put there when they are
    imported, and what is read of any other container of a module, which functions fill at any time, is not all of it.
    """
    if not isinstance(place, nodes.Name) or not isinstance(value, _CODE):
        return target
    held = peek(t, frame, place)
    match held:
        case Dict():
            return held
        case List() if frame.owner_of(place.name) is not frame:
            return replace(held, items=None, element=list_element(held))
    return target


def with_item(target: Value, index: Value, value: Value) -> Value:
    """The container after `target[index] = value`."""
    match target:
        case Dict():
            key = known_key(index)
            if key is not None:
                return target.with_item(key[0], value)
            rest = value if target.rest is None else join(target.rest, value)
            items = tuple((key, join(known, value)) for key, known in target.items)
            return replace(target, items=items, rest=rest, others=UNKNOWN)
        case List(items=tuple(items)):
            if isinstance(index, Const) and isinstance(index.value, int) and -len(items) <= index.value < len(items):
                changed = list(items)
                changed[index.value] = value
                return List(tuple(changed), UNKNOWN, target.made, target.rebuilt)
            if isinstance(index, Slice):
                return List(None, UNKNOWN, target.made, target.rebuilt)
            return List(tuple(join(item, value) for item in items), UNKNOWN, target.made, target.rebuilt)
        case List(items=None, element=element):
            return List(None, UNKNOWN if isinstance(index, Slice) else join(element, value), target.made, target.rebuilt)
        case Union():
            return join_all(with_item(option, index, value) for option in alternatives(target))
    return target


def store(t: Tracer, frame: Frame, place: nodes.NodeNG, value: Value) -> None:
    """The object held at `place` (a name, or attributes and constant items of one) has changed into `value`."""
    match place:
        case nodes.Name(name=name):
            owner = frame.owner_of(name)
            if owner is None:
                return
            owner.env[name] = value
            if owner is frame:
                frame.mutated.add(name)
        case nodes.Call(func=nodes.Name(name="super"), args=[]) if frame.function is not None:
            # `super().setUp()` changes the object that the method was called on.
            receiver = t.parameters(frame.function.node).positional[:1]
            for name in receiver:
                frame.env[name] = value
                frame.mutated.add(name)
        case nodes.Attribute(expr=expr, attrname=name):
            holder = peek(t, frame, expr)
            if isinstance(holder, Instance):
                store(t, frame, expr, holder.with_field(name, value))
            elif isinstance(holder, Class):
                holder.namespace[name] = join(holder.namespace.get(name, NEVER), value)
        case nodes.Subscript(value=expr, slice=nodes.Const(value=key)):
            holder = peek(t, frame, expr)
            if isinstance(holder, Dict | List):
                store(t, frame, expr, with_item(holder, Const(key), value))
        case nodes.Subscript(value=expr, slice=index):
            holder = peek(t, frame, expr)
            if isinstance(holder, Dict | List):
                changed = with_item(holder, peek(t, frame, index), value)
                if isinstance(changed, Dict) and isinstance(holder, Dict) and holder.items and holder.rest is None:
                    changed = replace(changed, rest=None)  # what has changed stood there already
                store(t, frame, expr, changed)


def peek(t: Tracer, frame: Frame, place: nodes.NodeNG) -> Value:
    """The value held at a place, without observing anything."""
    match place:
        case nodes.Name(name=name):
            return frame.lookup(name)
        case nodes.Attribute(expr=expr, attrname=name):
            holder = peek(t, frame, expr)
            if isinstance(holder, Instance):
                return holder.fields.get(name, UNKNOWN)
        case nodes.Subscript(value=expr, slice=nodes.Const(value=key)):
            holder = peek(t, frame, expr)
            if isinstance(holder, Dict):
                return holder.get(key) or holder.rest or UNKNOWN
            items = items_of(holder)
            if items is not None and isinstance(key, int) and -len(items) <= key < len(items):
                return items[key]
        case nodes.Subscript(value=expr, slice=index):
            holder, key = peek(t, frame, expr), known_key(peek(t, frame, index))
            match holder:
                case Dict():
                    known = holder.get(key[0]) if key is not None else None
                    return known or dict_value(holder)
                case List():
                    return list_element(holder)
    return UNKNOWN
