"""Objects that wrap a pytree, and whose operators compute leaf by leaf of it: `(a**ω + b**ω).ω` of Equinox."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jaxlint.model.schema import ClassKind, LibraryClass
from jaxlint.values import (
    UNKNOWN,
    External,
    Fields,
    Filtered,
    Instance,
    Tracing,
    Tree,
    Unknown,
    Value,
    join_all,
)
from jaxlint.values.pytree import leaves, map_leaves, worst

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame

Combine = Callable[["Frame", Value, str, Value], Value]


def _field(cls: Value) -> str | None:
    """The field in which an object of such a class has the pytree; None for other classes."""
    row = cls.meaning if isinstance(cls, External) else None
    return row.fields[0] if isinstance(row, LibraryClass) and row.kind is ClassKind.LEAFWISE else None


def wrapped(value: Value) -> Value | None:
    """The pytree in an object of such a class; None for what is no such object."""
    if not isinstance(value, Instance):
        return None
    field = _field(value.cls)
    return None if field is None else value.fields.get(field, UNKNOWN)


def wrap(cls: Value, tree: Value, depth: int) -> Value:
    """The object of such a class with a pytree in it."""
    field = _field(cls)
    return UNKNOWN if field is None else Instance(cls, Fields({field: tree}), True, depth)


def operation(frame: Frame, left: Value, operator: str, right: Value, combine: Combine) -> Value | None:
    """What an operator makes of two values one of which is such an object, or the class itself; None if neither is."""
    depth = frame.context.depth
    if operator == "**" and _field(right) is not None:
        return wrap(right, left, depth)
    of_left, of_right = wrapped(left), wrapped(right)
    if of_left is None and of_right is None:
        return None
    holder = left if of_left is not None else right
    assert isinstance(holder, Instance)
    if of_left is None or (of_right is not None and isinstance(of_left, Unknown)):
        tree = of_right if of_right is not None else UNKNOWN
        other = _leaf(left) if of_left is None else _leaf(of_left)
        return wrap(holder.cls, mapped(frame, tree, lambda leaf: combine(frame, other, operator, leaf), other), depth)
    other = _leaf(right if of_right is None else of_right)
    return wrap(holder.cls, mapped(frame, of_left, lambda leaf: combine(frame, leaf, operator, other), other), depth)


def mapped(frame: Frame, tree: Value, function: Callable[[Value], Value], other: Value = UNKNOWN) -> Value:
    """The tree with the function applied to each leaf, by itself or beside `other`; of a part of unknown structure it is
    still one.
    """

    def leaf(child: Value) -> Value:
        match child:
            case Filtered(why, filled) if worst(other) is Tracing.HIDDEN:
                return Tree(Tracing.HIDDEN, why, filled=filled)
            case Filtered():
                return child
            case Tree(tracing, why, filled=filled):
                operands = tracing.with_operand(worst(other)) if other is not UNKNOWN else tracing
                return Tree(frame.context.result_of(operands), why, filled=filled)
            case Unknown():
                return Tree(Tracing.HIDDEN, frame.context.maker, filled=False) if worst(other) is Tracing.HIDDEN else UNKNOWN
        return function(child)

    return map_leaves(tree, leaf)


def _leaf(value: Value) -> Value:
    """Any leaf of a tree."""
    return join_all(leaves(value))
