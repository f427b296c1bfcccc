"""`jax.numpy`: dtypes, constants, and functions whose result is no array."""

from __future__ import annotations

import math
from dataclasses import replace

from jaxlint.model.families import (
    HOST,
    HOST_BOOL,
    HOST_DTYPE,
    HOST_INT,
    HOST_STR,
    JNP,
    NOTHING,
    UNKNOWN,
    classes,
    operations,
)
from jaxlint.model.schema import ClassKind, Constant, Effect, LibraryClass, Reads, Row

_ABSTRACT = replace(JNP, result=HOST, reads=Reads.NOTHING)

_HOST = (
    *operations(_ABSTRACT, "shape", "a"),
    *operations(_ABSTRACT, "ndim", "a", HOST_INT),
    *operations(_ABSTRACT, "size", "a axis", HOST_INT, static="axis"),
    *operations(_ABSTRACT, "result_type", "*args", HOST_DTYPE),
    *operations(_ABSTRACT, "promote_types", "a b", HOST_DTYPE),
    *operations(_ABSTRACT, "issubdtype", "arg1 arg2", HOST_BOOL),
    *operations(_ABSTRACT, "isdtype", "dtype kind", HOST_BOOL),
    *operations(_ABSTRACT, "can_cast", "from_ to casting", HOST_BOOL),
    *operations(_ABSTRACT, "iscomplexobj isrealobj", "x", HOST_BOOL),
    *operations(_ABSTRACT, "isscalar", "element", HOST_BOOL),
    *operations(_ABSTRACT, "iterable", "y", HOST_BOOL),
    *operations(_ABSTRACT, "broadcast_shapes", "*shapes"),
    *operations(_ABSTRACT, "einsum_path", "subscripts *operands"),
    *operations(replace(_ABSTRACT, pure=False), "get_printoptions", ""),
    *operations(
        replace(JNP, reads=Reads.AS_NUMPY), "array_repr", "arr max_line_width precision suppress_small", HOST_STR
    ),
    *operations(
        replace(JNP, reads=Reads.AS_NUMPY), "array_str", "a max_line_width precision suppress_small", HOST_STR
    ),
    *operations(
        replace(JNP, pure=False, reads=Reads.AS_NUMPY, effect=Effect.IO, reads_only=("arr",)),
        "save",
        "file arr",
        NOTHING,
    ),
    *operations(
        replace(JNP, pure=False, reads=Reads.AS_NUMPY, effect=Effect.IO, reads_only=("args",)),
        "savez",
        "file *args",
        NOTHING,
    ),
    *operations(replace(JNP, pure=False, effect=Effect.IO), "load", "file *args", UNKNOWN),
)

_CLASSES = (
    LibraryClass("jax.numpy.ndarray", ClassKind.ARRAY),
    *classes(
        "jax.numpy",
        ClassKind.DTYPE,
        "bool bool_ int_ int4 int8 int16 int32 int64 uint uint4 uint8 uint16 uint32 uint64 float_ float16 float32 "
        "float64 bfloat16 single double complex_ complex64 complex128 csingle cdouble float8_e4m3fn float8_e5m2",
    ),
    *classes(
        "jax.numpy",
        ClassKind.OBJECT,
        "dtype finfo iinfo generic number integer signedinteger unsignedinteger inexact floating complexfloating",
    ),
)

_CONSTANTS = (
    Constant("jax.numpy.pi", math.pi),
    Constant("jax.numpy.e", math.e),
    Constant("jax.numpy.inf", math.inf),
    Constant("jax.numpy.nan", math.nan),
    Constant("jax.numpy.euler_gamma", 0.5772156649015329),
    Constant("jax.numpy.newaxis", None),
)

ROWS: tuple[Row, ...] = (
    *_HOST,
    *_CLASSES,
    *_CONSTANTS,
)
