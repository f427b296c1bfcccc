"""Shapes and dtypes of arrays made from numbers: `array`, `arange`, `linspace`, `eye`.

https://docs.jax.dev/en/latest/jax.numpy.html#array-creation
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.trace import dtypes, shapes
from jaxlint.trace.avals.call import Call, ShapeOf, TypedBy
from jaxlint.trace.dtypes import UNTYPED, Typed
from jaxlint.values import Const, Shape, Value


def _literal(call: Call) -> Shape | None:
    value = call.at(0)
    return None if value is None else shapes.literal_shape(value)


def _literal_dtype(call: Call) -> Typed:
    value = call.at(0)
    return UNTYPED if value is None else dtypes.literal(value)


def _bounds(call: Call) -> list[Value]:
    """The numbers given to `arange`."""
    given = [call.arguments.named(call.parameters, name) for name in ("start", "stop", "step")]
    return [bound for bound in given if bound is not None]


def _range(call: Call) -> Shape | None:
    bounds = _bounds(call)
    numbers = [number for bound in bounds if (number := _number(bound)) is not None]
    if not 1 <= len(numbers) == len(bounds) <= 3 or (call.arguments.keywords and _by_name(call)):
        return (None,)
    start, stop, step = {1: (0, *numbers, 1), 2: (*numbers, 1), 3: numbers}[len(numbers)]
    try:
        return (max(0, math.ceil((stop - start) / step)),)
    except (ValueError, OverflowError, ZeroDivisionError):
        return (None,)


def _number(bound: Value) -> float | None:
    match bound:
        case Const(bool()):
            return None
        case Const(int() | float() as number):
            return number
    return None


def _by_name(call: Call) -> bool:
    return any(name in ("start", "stop", "step") for name, _ in call.arguments.keywords)


def _range_dtype(call: Call) -> Typed:
    dtype, _ = dtypes.promoted(_bounds(call))
    return (dtype, False) if dtype is not None else UNTYPED


def _spaced(call: Call) -> Shape | None:
    ends = [call.given("start"), call.given("stop")]
    if any(end is None or shapes.shape_of(end) != () for end in ends):
        return None
    return (call.integer("num", 50),)


def _spaced_dtype(call: Call) -> Typed:
    ends = [end for end in (call.given("start"), call.given("stop")) if end is not None]
    dtype, _ = dtypes.inexact(dtypes.promoted(ends))
    return (dtype, False) if dtype is not None else UNTYPED


def _square(call: Call) -> Shape | None:
    rows = call.integer(call.parameters[0])
    if call.given("M") is None:
        return rows, rows
    return rows, call.integer("M")


SHAPES: Mapping[ShapeRule, ShapeOf] = MappingProxyType({
    ShapeRule.LITERAL: _literal,
    ShapeRule.RANGE: _range,
    ShapeRule.SPACED: _spaced,
    ShapeRule.SQUARE: _square,
})

DTYPES: Mapping[DtypeRule, TypedBy] = MappingProxyType({
    DtypeRule.LITERAL: _literal_dtype,
    DtypeRule.RANGE: _range_dtype,
    DtypeRule.SPACED: _spaced_dtype,
})
