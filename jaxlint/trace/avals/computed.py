"""Shapes of what is computed element by element or over axes, of what is made, and of what is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jaxlint.model.avals import ShapeRule
from jaxlint.trace import dtypes, shapes
from jaxlint.trace.avals.call import Call, ShapeOf
from jaxlint.values import FALSE, NONE, Const, Shape


def _broadcast(call: Call) -> Shape | None:
    return shapes.broadcast(*map(shapes.shape_of, call.operands()))


def _reduced(call: Call) -> Shape | None:
    axis = call.given("axis")
    keep = call.given("keepdims") or FALSE
    shape = call.shape()
    if axis is None and keep == FALSE:
        return ()
    if not shape or not isinstance(keep, Const):
        return None  # of a scalar `median` keeps an axis, and others keep none
    axes = tuple(range(len(shape))) if axis is None else shapes.axes_of(shape, axis)
    return None if axes is None else shapes.reduced(shape, axes, bool(keep.value))


def _without_axes(call: Call) -> Shape | None:
    shape = call.shape()
    axes = None if shape is None else shapes.axes_of(shape, call.given("axes"))
    return None if shape is None or axes is None else shapes.reduced(shape, axes, keep=False)


def _without_axis(call: Call) -> Shape | None:
    """`lax.argmax(operand, axis, index_dtype)`."""
    shape = call.shape()
    axes = None if shape is None else shapes.axes_of(shape, call.given("axis"))
    return None if shape is None or axes is None else shapes.reduced(shape, axes, keep=False)


def flat(call: Call) -> Shape | None:
    """One axis of all elements."""
    return (shapes.size_of(call.shape()),)


def _along(call: Call) -> Shape | None:
    return flat(call) if call.arguments.named(call.parameters, "axis") == NONE else call.shape()


def _accumulated(call: Call) -> Shape | None:
    return flat(call) if call.given("axis") is None else call.shape()


def _asked(call: Call) -> Shape | None:
    return shapes.shape_from(call.given("shape"))


def _like(call: Call) -> Shape | None:
    return call.shape() if call.given("shape") is None else _asked(call)


def _sampled(call: Call) -> Shape | None:
    if call.given("shape") is not None:
        return _asked(call)
    return shapes.broadcast(*(shapes.shape_of(value) for value in call.operands()))


def _spread(call: Call) -> Shape | None:
    asked = () if call.given("shape") is None else _asked(call)
    return shapes.broadcast(asked, *(shapes.shape_of(value) for value in call.operands()))


def _taken(call: Call) -> Shape | None:
    shape, chosen = call.shape(), call.given("indices")
    dtype = None if chosen is None else dtypes.dtype_of(chosen)[0]
    indices = None if chosen is None else shapes.shape_of(chosen)
    if indices is None or dtype is None or "int" not in dtype:
        return None  # bool selects like a mask
    axis = call.given("axis")
    if axis is None:
        return indices
    axes = None if shape is None else shapes.axes_of(shape, axis)
    if shape is None or axes is None or len(axes) != 1:
        return None
    return shape[: axes[0]] + indices + shape[axes[0] + 1 :]


def _taken_along(call: Call) -> Shape | None:
    shape, chosen, axis = call.shape(), call.given("indices"), call.given("axis")
    indices = None if chosen is None else shapes.shape_of(chosen)
    if shape is None or indices is None or axis is None or len(shape) != len(indices):
        return None
    axes = shapes.axes_of(shape, axis)
    if axes is None or len(axes) != 1:
        return None
    place = axes[0]
    rest = shapes.broadcast((*shape[:place], 1, *shape[place + 1:]), (*indices[:place], 1, *indices[place + 1:]))
    return None if rest is None else (*rest[:place], indices[place], *rest[place + 1:])


def _encoded(call: Call) -> Shape | None:
    shape, axis = call.shape(), call.arguments.keyword("axis")
    if shape is None or axis not in (None, Const(-1)):
        return None
    return (*shape, call.integer("num_classes"))


def _sliced(call: Call) -> Shape | None:
    return shapes.shape_from(call.given("slice_sizes"))


def _sliced_axis(call: Call) -> Shape | None:
    shape, axis = call.shape(), call.given("axis") or Const(0)
    axes = None if shape is None else shapes.axes_of(shape, axis)
    if shape is None or axes is None or len(axes) != 1:
        return None
    return (*shape[:axes[0]], call.integer("slice_size"), *shape[axes[0] + 1:])


def _indexed_axis(call: Call) -> Shape | None:
    shape, axis, keep = call.shape(), call.given("axis") or Const(0), call.given("keepdims")
    axes = None if shape is None else shapes.axes_of(shape, axis)
    if shape is None or axes is None or len(axes) != 1 or not isinstance(keep, Const | None):
        return None
    return shapes.reduced(shape, axes, keep=keep is None or bool(keep.value))


def _counted(call: Call) -> Shape | None:
    return (call.integer("size"),)


SHAPES: Mapping[ShapeRule, ShapeOf] = MappingProxyType({
    ShapeRule.SCALAR: lambda _: (),
    ShapeRule.FIRST: Call.shape,
    ShapeRule.BROADCAST: _broadcast,
    ShapeRule.REDUCED: _reduced,
    ShapeRule.WITHOUT_AXES: _without_axes,
    ShapeRule.WITHOUT_AXIS: _without_axis,
    ShapeRule.ALONG: _along,
    ShapeRule.ACCUMULATED: _accumulated,
    ShapeRule.ASKED: _asked,
    ShapeRule.LIKE: _like,
    ShapeRule.SAMPLED: _sampled,
    ShapeRule.SPREAD: _spread,
    ShapeRule.TAKEN: _taken,
    ShapeRule.TAKEN_ALONG: _taken_along,
    ShapeRule.ENCODED: _encoded,
    ShapeRule.SLICED: _sliced,
    ShapeRule.SLICED_AXIS: _sliced_axis,
    ShapeRule.INDEXED_AXIS: _indexed_axis,
    ShapeRule.COUNTED: _counted,
    ShapeRule.FOLLOWED: lambda call: call.shape(1),
    ShapeRule.FLAT: flat,
})
