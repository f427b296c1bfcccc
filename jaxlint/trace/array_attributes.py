"""Attributes of arrays: `x.shape`, `x.T`, `x.at`, `x.sum`; of JAX, of NumPy, and of what may be one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.model.array_api import ATTRIBUTES
from jaxlint.model.schema import ArrayAttribute, Attr
from jaxlint.trace import dtypes, shapes
from jaxlint.values import (
    HOST,
    HOST_BOOL,
    HOST_DTYPE,
    HOST_INT,
    UNKNOWN,
    Answer,
    Array,
    ArrayMethod,
    Const,
    IndexUpdate,
    Method,
    NumPyArray,
    Tree,
    TupleOf,
    Value,
)
from jaxlint.values.provenance import TraceEntry

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.values import Shape


def array_attribute(frame: Frame, target: Array, name: str, meaning: ArrayAttribute | None) -> Value:
    """An attribute of a JAX array."""
    match name:
        case "shape":
            return shapes.shape_value(target.shape) or TupleOf(HOST_INT)
        case "ndim":
            return HOST_INT if target.shape is None else Const(len(target.shape))
        case "size":
            size = target.size
            return HOST_INT if size is None else Const(size)
        case "dtype":
            return HOST_DTYPE
        case "at":
            return IndexUpdate(target)
        case "T" | "mT":
            shape = _transposed(target.shape, name)
            return replace(target, shape=shape, key_id=None, buffer=None, tracing=frame.context.result_of(target.tracing))
        case "real" | "imag":
            dtype, weak = dtypes.real((target.dtype, target.weak))
            tracing = frame.context.result_of(target.tracing)
            return replace(target, key_id=None, buffer=None, dtype=dtype, weak=weak, tracing=tracing)
    if meaning is None or Attr.METHOD in meaning.flags:
        return ArrayMethod(target, name, meaning)
    if Attr.STATIC in meaning.flags:
        return HOST
    return UNKNOWN


def _transposed(shape: Shape | None, name: str) -> Shape | None:
    if shape is None:
        return None
    return shape[::-1] if name == "T" else shapes.swapped(shape, -1, -2)


STATIC_ATTRIBUTES = {
    "shape": TupleOf(HOST_INT),
    "ndim": HOST_INT,
    "size": HOST_INT,
    "dtype": HOST_DTYPE,
    "itemsize": HOST_INT,
    "nbytes": HOST_INT,
    "weak_type": HOST_BOOL,
    "aval": HOST,
}


def tree_attribute(frame: Frame, target: Tree, name: str, traced: Answer, why: TraceEntry | None) -> Value:
    """An attribute of something that may be an array or a registered class: only an array's own names are known."""
    static = STATIC_ATTRIBUTES.get(name)
    if static is not None:
        return static
    if name == "at":
        return IndexUpdate(Array(target.tracing, why=why))
    meaning = ATTRIBUTES.get(name)
    if meaning is not None and Attr.METHOD in meaning.flags:
        return ArrayMethod(target, name, meaning)
    if meaning is not None and name in ("T", "mT", "real", "imag"):
        return Array(frame.context.result_of(target.tracing), why=why)
    if name in ("items", "keys", "values", "_replace", "replace", "get", "_asdict"):
        return Method(target, name)
    return UNKNOWN


def numpy_attribute(target: NumPyArray, name: str) -> Value:
    """An attribute of a NumPy array."""
    match name:
        case "shape":
            return shapes.shape_value(target.shape) or TupleOf(HOST_INT)
        case "ndim" | "size" | "itemsize" | "nbytes":
            return HOST_INT
        case "dtype":
            return HOST_DTYPE
        case "T" | "real" | "imag" | "flat":
            return NumPyArray()
    return Method(target, name)
