"""What the rules of a row say of the shape and dtype of a result, for arguments as JAX gets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import jax
import numpy as np

from jaxlint.model.schema import ArrayResult
from jaxlint.trace.avals import aval
from jaxlint.trace.binding import Arguments
from jaxlint.values import UNKNOWN, Array, Const, External, List, NumPyArray, Tracing, Tuple, Value


def abstract(value: object) -> Value:
    """The abstract value of an argument, everything known of it that a tracer knows."""
    match value:
        case jax.core.Tracer() | jax.Array():
            known = not jax.dtypes.issubdtype(value.dtype, jax.dtypes.extended)
            return Array(Tracing.HIDDEN, value.shape, str(value.dtype) if known else None, value.weak_type)
        case np.ndarray() | np.generic():
            return NumPyArray(value.shape, str(value.dtype))
        case np.dtype():
            return External(f"numpy.{value.name}")
        case type() if issubclass(value, np.generic):
            return External(f"numpy.{value.__name__}")
        case list():
            return List(tuple(map(abstract, value)))
        case tuple():
            return Tuple(tuple(map(abstract, value)))
        case None | bool() | int() | float() | complex() | str():
            return Const(value)
    return UNKNOWN


def expect_aval(
    value: jax.Array,
    result: ArrayResult,
    parameters: tuple[str, ...],
    static: tuple[str, ...],
    positional: Sequence[object],
    keywords: Mapping[str, object],
) -> None:
    """Fails unless `value` has the shape, the dtype and the weak type that the rules of a row tell for a call."""
    given = Arguments(tuple(map(abstract, positional)), tuple((name, abstract(v)) for name, v in keywords.items()))
    shape, dtype, weak = aval(result, parameters, static, given)
    if shape is not None:
        assert len(shape) == value.ndim
        assert all(mine in (None, size) for mine, size in zip(shape, value.shape, strict=True)), (shape, value.shape)
    if dtype is not None:
        assert dtype == str(value.dtype)
    if weak is not None:
        assert weak == value.weak_type
