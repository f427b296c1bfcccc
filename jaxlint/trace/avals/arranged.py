"""Shapes of what is arranged anew: reshaped, transposed, joined, repeated, padded; and of products."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from jaxlint.model.avals import ShapeRule
from jaxlint.trace import shapes
from jaxlint.trace.avals.call import Call, ShapeOf
from jaxlint.values import NONE, Const, List, Shape, Tuple, Value


def _reshaped(call: Call) -> Shape | None:
    return shapes.reshaped(call.shape(), shapes.shape_from(call.at(1)))


def _broadcast_to(call: Call) -> Shape | None:
    return shapes.shape_from(call.at(1))


def _transposed(call: Call) -> Shape | None:
    shape, order = call.shape(), call.at(1)
    if shape is None:
        return None
    if order is None:
        return shape[::-1]
    axes = shapes.integers_in(order)
    return None if axes is None else shapes.permuted(shape, axes)


def _matrix_transposed(call: Call) -> Shape | None:
    shape = call.shape()
    return None if shape is None else shapes.swapped(shape, -1, -2)


def _swapped(call: Call) -> Shape | None:
    shape, first, second = call.shape(), call.integer("axis1"), call.integer("axis2")
    return None if shape is None or first is None or second is None else shapes.swapped(shape, first, second)


def _moved(call: Call) -> Shape | None:
    source, destination = shapes.integers_in(call.given("source")), shapes.integers_in(call.given("destination"))
    shape = call.shape()
    return None if shape is None or source is None or destination is None else shapes.moved(shape, source, destination)


def _squeezed(call: Call) -> Shape | None:
    shape, given = call.shape(), call.at(1)
    axes = None if shape is None or given is None else shapes.axes_of(shape, given)
    if shape is None or (given is not None and axes is None):
        return None
    return shapes.squeezed(shape, axes)


def _expanded(call: Call) -> Shape | None:
    shape, axes = call.shape(), shapes.integers_in(call.at(1))
    return None if shape is None or axes is None else shapes.expanded(shape, axes)


def _second(call: Call) -> Value | None:
    """The second argument, which may be called otherwise; `axis` where that can be given by name only."""
    name = call.parameters[1] if len(call.parameters) > 1 else "axis"
    return call.arguments.named(call.parameters, name)


def _second_integer(call: Call, default: int) -> int | None:
    value = _second(call)
    if value is None:
        return default
    return value.value if isinstance(value, Const) and isinstance(value.value, int) else None


def _concatenated(call: Call) -> Shape | None:
    parts = call.shapes_of_members()
    if parts is None:
        return None
    if _second(call) == NONE:
        sizes = [shapes.size_of(part) for part in parts]
        return (None if None in sizes else sum(size for size in sizes if size is not None),)
    number = _second_integer(call, 0)
    return None if number is None else shapes.concatenated(parts, number)


def _stacked(call: Call) -> Shape | None:
    parts, axis = call.shapes_of_members(), _second_integer(call, 0)
    return None if parts is None or axis is None else shapes.stacked(parts, axis)


def _stacked_rows(call: Call) -> Shape | None:
    parts = call.shapes_of_members()
    if parts is None:
        return None
    return shapes.concatenated([(1,) * (2 - len(part)) + part for part in parts], 0)


def _stacked_columns(call: Call) -> Shape | None:
    parts = call.shapes_of_members()
    if parts is None:
        return None
    long = [part or (1,) for part in parts]
    return shapes.concatenated(long, 0 if len(long[0]) == 1 else 1)


def _of_two(rule: Callable[[Shape, Shape], Shape | None]) -> ShapeOf:
    def shape(call: Call) -> Shape | None:
        left, right = call.shape(0), call.shape(1)
        return None if left is None or right is None else rule(left, right)

    return shape


def _outer(call: Call) -> Shape | None:
    return shapes.size_of(call.shape(0)), shapes.size_of(call.shape(1))


def _einsum(call: Call) -> Shape | None:
    match call.arguments.positional:
        case (Const(str() as subscripts), *operands):
            known = [shape for shape in map(shapes.shape_of, operands) if shape is not None]
            return shapes.einsum(subscripts, known) if len(known) == len(operands) else None
    return None


def _tensordot(call: Call) -> Shape | None:
    left, right = call.shape(0), call.shape(1)
    if left is None or right is None:
        return None
    match call.arguments.named(call.parameters, "axes"):
        case None:
            count = 2
        case Const(int() as count):
            pass
        case Tuple((one, other)) | List(items=(one, other)):
            here, there = shapes.integers_in(one), shapes.integers_in(other)
            return None if here is None or there is None else shapes.tensordot(left, right, here, there)
        case _:
            return None
    if not 0 <= count <= min(len(left), len(right)):
        return None
    return shapes.tensordot(left, right, range(len(left) - count, len(left)), range(count))


def _tiled(call: Call) -> Shape | None:
    shape, times = call.shape(), shapes.shape_from(call.at(1))
    if shape is None or times is None:
        return None
    rank = max(len(shape), len(times))
    sizes, repeats = (1,) * (rank - len(shape)) + shape, (1,) * (rank - len(times)) + times
    return tuple(None if m is None or n is None else m * n for m, n in zip(sizes, repeats, strict=True))


def _repeated(call: Call) -> Shape | None:
    shape, axis = call.shape(), call.given("axis")
    total = call.given("total_repeat_length")
    times = call.integer("repeats")
    if shape is None:
        return (None,) if axis is None else None
    axes = (0,) if axis is None else shapes.axes_of(shape, axis)
    if axes is None or len(axes) != 1:
        return None
    long = (shapes.size_of(shape),) if axis is None else shape
    size = long[axes[0]]
    length = None if times is None or size is None else size * times
    if total is not None:
        length = call.integer("total_repeat_length") if size else None  # of nothing there is nothing to repeat
    return (*long[:axes[0]], length, *long[axes[0] + 1:])


def _padded(call: Call) -> Shape | None:
    shape, width = call.shape(), call.given("pad_width")
    if shape is None:
        return None
    match width:
        case Const(int() as both) if not isinstance(both, bool):
            each = [(both, both)] * len(shape)
        case Tuple(items) | List(items=tuple(items)):
            pairs = [shapes.integers_in(item) if isinstance(item, Tuple | List) else None for item in items]
            known = [(pair[0], pair[1]) for pair in pairs if pair is not None and len(pair) == 2]
            if len(known) != len(items) or len(known) not in (1, len(shape)):
                return (None,) * len(shape)
            each = known * len(shape) if len(known) == 1 else known
        case _:
            return (None,) * len(shape)
    return tuple(None if n is None else n + before + after for n, (before, after) in zip(shape, each, strict=True))


def _diagonal(call: Call) -> Shape | None:
    shape, offset = call.shape(), call.integer("k", 0)
    if shape is None or offset is None or None in shape:
        return None
    match shape:
        case (int() as n,):
            return (n + abs(offset),) * 2
        case (int() as m, int() as n):
            return (max(0, min(m + min(offset, 0), n - max(offset, 0))),)
    return None


SHAPES: Mapping[ShapeRule, ShapeOf] = MappingProxyType({
    ShapeRule.RESHAPED: _reshaped,
    ShapeRule.BROADCAST_TO: _broadcast_to,
    ShapeRule.TRANSPOSED: _transposed,
    ShapeRule.MATRIX_TRANSPOSED: _matrix_transposed,
    ShapeRule.SWAPPED: _swapped,
    ShapeRule.MOVED: _moved,
    ShapeRule.SQUEEZED: _squeezed,
    ShapeRule.EXPANDED: _expanded,
    ShapeRule.CONCATENATED: _concatenated,
    ShapeRule.STACKED: _stacked,
    ShapeRule.STACKED_ROWS: _stacked_rows,
    ShapeRule.STACKED_COLUMNS: _stacked_columns,
    ShapeRule.MATMUL: _of_two(shapes.matmul),
    ShapeRule.DOT: _of_two(shapes.dot),
    ShapeRule.OUTER: _outer,
    ShapeRule.EINSUM: _einsum,
    ShapeRule.TENSORDOT: _tensordot,
    ShapeRule.TILED: _tiled,
    ShapeRule.REPEATED: _repeated,
    ShapeRule.PADDED: _padded,
    ShapeRule.DIAGONAL: _diagonal,
})
