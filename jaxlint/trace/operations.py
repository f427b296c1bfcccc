"""Python's implicit operations, one place each: convert, index, contains, format.

Those with more to them have a module: `truth`, `iteration`, `arithmetic`. JAX fails at exactly these points:
`jax._src.core.Tracer` and `ShapedArray` define `__bool__`, `__index__`, `__iter__`, `__float__`, `__array__`,
`__hash__`, … and raise there. Reading and writing items and attributes is in `items` and `attributes`, calling in
`calls`. Each function says what it observes and returns the abstract result.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace.arithmetic import array_operation, combined
from jaxlint.trace.events import await_all
from jaxlint.trace.iteration import element_of
from jaxlint.trace.observations import Conversion, ConversionKind, Display, PythonIndex, RangeBound, Site
from jaxlint.trace.truth import truth
from jaxlint.values import (
    HOST_BOOL,
    UNKNOWN,
    Array,
    Const,
    Dict,
    List,
    Never,
    Set,
    Tree,
    Tuple,
    TupleOf,
    Unknown,
    Value,
)
from jaxlint.values.base import NO_ARRAY

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


# ------------------------------------------------------------------------------------------------ convert and index


def convert(
    t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value, kind: ConversionKind, name: str
) -> None:
    """Python converts a value to one of its own types."""
    if isinstance(value, Array):
        await_all(frame, node)
    if type(value) not in NO_ARRAY:
        t.observe(Conversion(node, frame, value, kind, name))


def range_bound(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value) -> None:
    """A value is used as a bound of `range`."""
    if type(value) not in NO_ARRAY:
        t.observe(RangeBound(node, frame, value))


def python_index(
    t: Tracer, frame: Frame, node: nodes.NodeNG, container: Display, index: Value, slicing: bool = False
) -> None:
    """A value selects from a Python container, or is hashed by one."""
    if type(index) not in NO_ARRAY:
        t.observe(PythonIndex(node, frame, container, index, slicing))


# ------------------------------------------------------------------------------------------------ contains, identity


def contains(t: Tracer, frame: Frame, node: nodes.NodeNG, item: Value, container: Value) -> Value:
    """`item in container`: compares one by one, or hashes, or searches an array."""
    match container:
        case Array() | Tree():
            if isinstance(container, Array):
                # `(container == item).any()`
                found = array_operation(frame, container, "==", item)
                found = replace(found, shape=()) if isinstance(found, Array) else found
                truth(t, frame, node, found, Site.CONTAINS)
            return UNKNOWN
        case Dict() | Set():
            if isinstance(item, Array):
                python_index(t, frame, node, Display.DICT if isinstance(container, Dict) else Display.SET, item)
            if isinstance(container, Dict) and isinstance(item, Const):
                if container.get(item.value) is not None:
                    return Const(True) if container.rest is None else HOST_BOOL
                return Const(False) if container.rest is None else HOST_BOOL
            return HOST_BOOL
        case Tuple(items) | List(items=tuple(items)):
            for member in items:
                if member is not item and (isinstance(item, Array) or isinstance(member, Array)):
                    truth(t, frame, node, combined(frame, item, "==", member), Site.CONTAINS)
            if isinstance(item, Const) and all(isinstance(member, Const) for member in items):
                return Const(item in items)
            return HOST_BOOL
        case List() | TupleOf():
            element = element_of(container)
            if isinstance(item, Array) and not isinstance(element, Unknown | Never):
                truth(t, frame, node, combined(frame, item, "==", element), Site.CONTAINS)
            return HOST_BOOL
        case Const(str() as text) if isinstance(item, Const) and isinstance(item.value, str):
            return Const(item.value in text)
    return HOST_BOOL


# ------------------------------------------------------------------------------------------------ formatting


def format_value(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value, specified: bool) -> None:
    """`f"{value:spec}"`; without a specification anything can be formatted."""
    if specified:
        convert(t, frame, node, value, ConversionKind.FORMAT, "format")
