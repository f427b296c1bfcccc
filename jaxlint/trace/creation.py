"""Shapes and dtypes of arrays made by `jnp.zeros`, `arange`, `array`, …, from their arguments.

Each function returns the shape and the dtype, None for what is not known.
https://docs.jax.dev/en/latest/jax.numpy.html#array-creation
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from jaxlint.trace import shapes
from jaxlint.trace.binding import Arguments
from jaxlint.values import Array, Const, List, NumPyArray, Shape, Tuple, Value
from jaxlint.values.pytree import leaves

Made = tuple[Shape | None, str | None]


def _filled(position: int, default: str | None) -> Callable[[Arguments], Made]:
    """`zeros(shape, dtype)`, with the dtype at this position."""

    def made(arguments: Arguments) -> Made:
        shape = shapes.shape_from(arguments.get(0, "shape"))
        given = arguments.get(position, "dtype")
        return shape, default if given is None or given == Const(None) else shapes.dtype_named(given)

    return made


def _full(arguments: Arguments) -> Made:
    given = arguments.get(2, "dtype")
    value = arguments.get(1, "fill_value")
    dtype = shapes.dtype_named(given) if given is not None else shapes.dtype_of(value)[0] if value is not None else None
    return shapes.shape_from(arguments.get(0, "shape")), dtype


def _like(arguments: Arguments) -> Made:
    prototype = arguments.get(0, "a") or arguments.get(0, "x")
    if not isinstance(prototype, Array | NumPyArray):
        return None, None
    given = arguments.keyword("dtype")
    dtype = prototype.dtype if given is None else shapes.dtype_named(given)
    return (prototype.shape if arguments.keyword("shape") is None else None), dtype


def _arange(arguments: Arguments) -> Made:
    bounds = arguments.positional
    given = arguments.get(3, "dtype")
    numbers = [bound.value for bound in bounds if isinstance(bound, Const)]
    if len(numbers) != len(bounds) or not bounds or any(not isinstance(n, int | float) for n in numbers):
        return (None,), None if given is None else shapes.dtype_named(given)
    floats = any(isinstance(n, float) for n in numbers)
    dtype = shapes.dtype_named(given) if given is not None else "float32" if floats else "int32"
    if floats or any(not isinstance(n, int) for n in numbers):
        return (None,), dtype
    integers = [n for n in numbers if isinstance(n, int)]
    try:
        return (len(range(*integers)),), dtype
    except (TypeError, ValueError, OverflowError):
        return (None,), dtype


def _array(arguments: Arguments) -> Made:
    value = arguments.get(0, "object") or arguments.get(0, "a")
    given = arguments.get(1, "dtype")
    if value is None:
        return None, None
    dtype = shapes.dtype_named(given) if given is not None else _literal_dtype(value)
    return shapes.literal_shape(value), dtype


def _literal_dtype(value: Value) -> str | None:
    kinds = {shapes.dtype_of(leaf)[0] for leaf in leaves(value)} if isinstance(value, Tuple | List) else set()
    if isinstance(value, Array | NumPyArray | Const):
        kinds = {shapes.dtype_of(value)[0]}
    narrowed = {{"float64": "float32", "int64": "int32"}.get(kind or "", kind) for kind in kinds}
    if len(narrowed) == 1:
        return narrowed.pop()
    return "float32" if narrowed == {"int32", "float32"} else None


def _linspace(arguments: Arguments) -> Made:
    number = arguments.get(2, "num")
    if number is None:
        return (50,), "float32"
    return shapes.shape_from(number), "float32"


def _eye(arguments: Arguments) -> Made:
    rows = shapes.shape_from(arguments.get(0, "N"))
    columns = shapes.shape_from(arguments.get(1, "M")) if arguments.get(1, "M") is not None else rows
    return (None if rows is None or columns is None else rows + columns), None


CREATION: Mapping[str, Callable[[Arguments], Made]] = MappingProxyType({
    "jax.numpy.zeros": _filled(1, "float32"),
    "jax.numpy.ones": _filled(1, "float32"),
    "jax.numpy.empty": _filled(1, "float32"),
    "jax.numpy.full": _full,
    "jax.numpy.zeros_like": _like,
    "jax.numpy.ones_like": _like,
    "jax.numpy.full_like": _like,
    "jax.numpy.arange": _arange,
    "jax.numpy.array": _array,
    "jax.numpy.asarray": _array,
    "jax.numpy.linspace": _linspace,
    "jax.numpy.eye": _eye,
    "jax.numpy.identity": _eye,
})
