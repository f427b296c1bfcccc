"""Attributes and methods of `jax.Array`: what each gives on a concrete array and on a tracer.

Names that NumPy arrays have and JAX's lack are listed as well, with `Attr.MISSING`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.model.families import (
    ACCUMULATED,
    ARRAY,
    ARRAY_TUPLE,
    BOOL_SCALAR,
    ELEMENTWISE,
    HOST,
    HOST_BOOL,
    HOST_DTYPE,
    HOST_INT,
    INT32,
    INT_SCALAR,
    LIKEWISE,
    MAGNITUDE,
    MEAN,
    NOTHING,
    RECAST,
    SAME,
    SAME_SCALAR,
    SUM,
    UNKNOWN,
    arranged,
    filled,
)
from jaxlint.model.schema import ArgumentResult, ArrayAttribute, ArrayResult, Attr, HostResult, Result
from jaxlint.values.base import HostKind

_NO_FLAGS = Attr(0)


def _attributes(flags: Attr, names: str, result: Result = UNKNOWN) -> Iterable[ArrayAttribute]:
    return (ArrayAttribute(name, flags, result) for name in names.split())


def _methods(
    names: str,
    parameters: str = "",
    result: Result = ARRAY,
    *,
    flags: Attr = _NO_FLAGS,
    static: str = "",
    pure: bool = True,
) -> Iterable[ArrayAttribute]:
    return (
        ArrayAttribute(
            name,
            Attr.METHOD | flags,
            result,
            pure=pure,
            parameters=tuple(parameters.split()),
            static=tuple(static.split()),
            refuses_out="out" in parameters.split(),
        )
        for name in names.split()
    )


_STATIC = (
    *_attributes(Attr.STATIC, "shape aval", HOST),
    *_attributes(Attr.STATIC, "ndim size itemsize nbytes", HOST_INT),
    *_attributes(Attr.STATIC, "dtype", HOST_DTYPE),
    *_attributes(Attr.STATIC, "weak_type", HOST_BOOL),
    *_attributes(_NO_FLAGS, "T mT", SAME),
    *_attributes(_NO_FLAGS, "real imag", ARRAY),
    *_attributes(_NO_FLAGS, "at", UNKNOWN),
)

_COMPUTATIONS = (
    *_methods(
        "sum prod",
        "axis dtype out keepdims initial where promote_integers",
        SUM,
        static="axis keepdims promote_integers",
    ),
    *_methods("max min", "axis out keepdims initial where", SAME_SCALAR, static="axis keepdims"),
    *_methods("ptp", "axis out keepdims", SAME_SCALAR, static="axis keepdims"),
    *_methods("mean", "axis dtype out keepdims", MEAN, static="axis keepdims"),
    *_methods("std var", "axis dtype out ddof keepdims", MAGNITUDE, static="axis keepdims"),
    *_methods("all any", "axis out keepdims", BOOL_SCALAR, static="axis keepdims"),
    *_methods("argmax argmin", "axis out keepdims", INT_SCALAR, static="axis keepdims"),
    *_methods("cumsum cumprod", "axis dtype out", ACCUMULATED, static="axis"),
    *_methods("trace", "offset axis1 axis2 dtype out", static="axis1 axis2"),
    *_methods("round", "decimals out", LIKEWISE, static="decimals"),
    *_methods("clip", "min max", ELEMENTWISE),
    *_methods("conj conjugate", "", LIKEWISE),
    *_methods("copy", "", LIKEWISE),
    *_methods("astype", "dtype", RECAST, static="copy"),
    *_methods("view", "dtype type", ArrayResult(keeps=True)),
    *_methods("byteswap", "inplace", LIKEWISE),
    *_methods("dot", "b", ArrayResult(shape=ShapeRule.DOT, typed=DtypeRule.PROMOTED)),
    *_methods("reshape", "*shape", arranged(ShapeRule.RESHAPED, keeps=True), static="shape"),
    *_methods("ravel flatten", "order", arranged(ShapeRule.FLAT)),
    *_methods("transpose", "*args", arranged(ShapeRule.TRANSPOSED, keeps=True), static="args"),
    *_methods("swapaxes", "axis1 axis2", arranged(ShapeRule.SWAPPED), static="axis1 axis2"),
    *_methods("squeeze", "axis", arranged(ShapeRule.SQUEEZED), static="axis"),
    *_methods("diagonal", "offset axis1 axis2", SAME, static="offset axis1 axis2"),
    *_methods("sort", "axis", arranged(ShapeRule.ALONG), static="axis"),
    *_methods("argsort", "axis", filled(DtypeRule.INTEGER, ShapeRule.ALONG), static="axis"),
    *_methods("argpartition", "kth axis", replace(INT32, shape=ShapeRule.FIRST), static="kth axis"),
    *_methods("searchsorted", "v side sorter", replace(INT32, shape=ShapeRule.FOLLOWED)),
    *_methods("take", "indices axis out mode", arranged(ShapeRule.TAKEN), static="axis"),
    *_methods("choose", "choices out mode"),
    *_methods("to_device", "device", LIKEWISE),
    *(
        replace(row, sized_by="total_repeat_length", sized_from=("repeats",))
        for row in _methods("repeat", "repeats axis", arranged(ShapeRule.REPEATED), static="axis total_repeat_length")
    ),
    *(
        replace(row, sized_by="size", sized_from=("condition",))
        for row in _methods("compress", "condition axis out", SAME, static="axis size")
    ),
    *(replace(row, sized_by="size", sized_from=("self",)) for row in _methods("nonzero", "", ARRAY_TUPLE, static="size")),
)

_CONVERSIONS = (
    *_methods("item", "*args", HOST, flags=Attr.CONVERTS),
    *_methods("tolist", "", UNKNOWN, flags=Attr.CONVERTS),
    *_methods("tobytes", "order", HostResult(HostKind.BYTES), flags=Attr.CONVERTS),
    *_methods("devices", "", HOST, flags=Attr.CONVERTS),
    *_methods("is_deleted", "", HOST_BOOL, flags=Attr.CONVERTS),
    *_methods("delete", "", NOTHING, flags=Attr.CONVERTS, pure=False),
    *_methods("unsafe_buffer_pointer on_device_size_in_bytes", "", HOST_INT, flags=Attr.CONVERTS),
    *_attributes(Attr.CONVERTS, "committed is_fully_addressable is_fully_replicated", HOST_BOOL),
    *_attributes(Attr.CONVERTS, "addressable_shards global_shards", HOST),
)

_ON_DEVICE = (
    *_attributes(Attr.MISSING_ON_TRACER, "sharding device format", HOST),
    *_methods("block_until_ready", "", ArgumentResult("self"), flags=Attr.MISSING_ON_TRACER, pure=False),
    *_methods("copy_to_host_async", "", NOTHING, flags=Attr.MISSING_ON_TRACER, pure=False),
    *_methods("is_ready", "", HOST_BOOL, flags=Attr.MISSING_ON_TRACER),
)

_MISSING = (
    *_attributes(Attr.MISSING, "base ctypes data flags strides flat device_buffer"),
    *_methods("fill put resize itemset partition setfield setflags", flags=Attr.MISSING, result=UNKNOWN, pure=False),
    *_methods("tofile dump dumps getfield newbyteorder tostring", flags=Attr.MISSING, result=UNKNOWN, pure=False),
)

ATTRIBUTES: Mapping[str, ArrayAttribute] = MappingProxyType(
    {row.name: row for row in (*_STATIC, *_COMPUTATIONS, *_CONVERSIONS, *_ON_DEVICE, *_MISSING)}
)
