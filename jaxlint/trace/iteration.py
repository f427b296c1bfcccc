"""Iteration: what one item of a value is, the items where their number is known, and unpacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.trace.observations import Iteration, IteratorAdvance
from jaxlint.values import (
    HOST,
    HOST_STR,
    NONE,
    UNKNOWN,
    Array,
    Const,
    Dict,
    External,
    Host,
    HostKind,
    Instance,
    Iterator,
    KeyKind,
    List,
    Method,
    NumPyArray,
    Set,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Value,
    View,
    alternatives,
    join_all,
)
from jaxlint.values.join import list_element
from jaxlint.values.keys import key_value
from jaxlint.values.objects import tuple_fields

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def iterate(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value) -> Value:
    """Python iterates over `value`; what one item is."""
    if isinstance(value, Array | Tree):
        t.observe(Iteration(node, frame, value))
    if isinstance(value, Iterator):
        t.observe(IteratorAdvance(node, frame, value, value.made))
    return join_all(element_of(option) for option in alternatives(value))


def element_of(value: Value) -> Value:
    """What any one item of a value is."""
    match value:
        case Array(tracing, shape, dtype, weak, key, key_id, why):
            del key_id
            return Array(tracing, shape[1:] if shape else None, dtype, weak, key, None, why)
        case Tuple(items) | List(items=tuple(items)) | Iterator(items=tuple(items)):
            return join_all(items)
        case TupleOf(element) | Set(element) | Iterator(element) | View(element):
            return element
        case List():
            return list_element(value)
        case Dict(items, rest):
            keys = [key_value(key) for key, _ in items]
            return join_all([*keys, *([HOST] if rest is not None else [])])
        case NumPyArray(shape, dtype):
            return NumPyArray(shape[1:] if shape else None, dtype)
        case Const(str()) | Host(HostKind.STR):
            return HOST_STR
        case Instance() if tuple_fields(value) is not None:
            return join_all(items_of(value) or ())
    return UNKNOWN


def items_of(value: Value) -> tuple[Value, ...] | None:
    """The items one by one, of a sequence whose length is known."""
    match value:
        case Tuple(items) | List(items=tuple(items)) | Iterator(items=tuple(items)) | View(items=tuple(items)):
            return items
        case Dict(items, rest=None):
            return tuple(key_value(key) for key, _ in items)
        case Instance() if (names := tuple_fields(value)) is not None:
            of_library = isinstance(value.cls, External)
            return tuple(value.fields.get(name) or (Method(value, name) if of_library else UNKNOWN) for name in names)
        case Union(options):
            columns = [items_of(option) for option in options]
            known = [column for column in columns if column is not None]
            if len(known) == len(columns) and len(set(map(len, known))) == 1:
                return tuple(map(join_all, zip(*known, strict=True)))
        case Array(key=KeyKind(), key_id=identity, shape=shape) if identity is not None and shape and shape[0]:
            return tuple(
                Array(value.tracing, shape[1:], value.dtype, value.weak, value.key, identity[i], value.why)
                for i in range(min(shape[0], 32))
            )
    return None


def unpack(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value, count: int) -> tuple[Value, ...]:
    """Unpacking into `count` targets without a starred one."""
    items = items_of(value)
    if items is not None and len(items) == count:
        return items
    if isinstance(value, Union):
        columns = [unpack(t, frame, node, option, count) for option in alternatives(value) if option != NONE]
        if columns:
            return tuple(join_all(column) for column in zip(*columns, strict=True))
    if isinstance(value, Array) and value.key is not None and value.key_id is not None:
        element = element_of(value)
        if isinstance(element, Array):
            shape = element.shape if value.shape else ()
            return tuple(
                Array(element.tracing, shape, element.dtype, element.weak, value.key, value.key_id[i], value.why)
                for i in range(count)
            )
    return (iterate(t, frame, node, value),) * count
