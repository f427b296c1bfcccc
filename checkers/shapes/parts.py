"""What an index or a shape is made of."""

from __future__ import annotations

from jaxlint.rules import is_hidden
from jaxlint.values import HOST_FLOAT, Const, IndexUpdate, List, Tuple, Value


def parts_of(index: Value) -> tuple[Value, ...]:
    """The parts of an index, axis by axis: `x[i]` has one, `x[i, 1:]` two."""
    return index.items if isinstance(index, Tuple) else (index,)


def indexed_array(target: Value) -> Value:
    """The array that `x[…]` or `x.at[…]` is about."""
    return target.array if isinstance(target, IndexUpdate) else target


def hidden_part(value: Value) -> Value | None:
    """A tracer that surely is the value, or stands in the tuple or list that it is, and hides what it is."""
    match value:
        case Tuple(items) | List(items=tuple(items)):
            return next(filter(None, map(hidden_part, items)), None)
    return value if is_hidden(value) else None


def float_part(value: Value) -> bool:
    """Whether a value surely is a Python float, or a tuple or list with one in it."""
    match value:
        case Tuple(items) | List(items=tuple(items)):
            return any(map(float_part, items))
        case Const(float()):
            return True
    return value == HOST_FLOAT
