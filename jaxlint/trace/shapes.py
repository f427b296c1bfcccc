"""Shapes, as far as they are known: what broadcasting, reductions, reshaping and joining make of them.

A shape is a tuple of sizes, None for a size that is not known; None in the place of a tuple when not even the rank is
known. Where JAX would refuse the shapes nothing is known of the result. Indexing is in `indexing`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from jaxlint.values import Array, Const, Host, HostKind, List, NumPyArray, Shape, Tuple, Value

# ------------------------------------------------------------------------------------------------ shapes of values


def shape_of(value: Value) -> Shape | None:
    """The shape of an operand; Python numbers are scalars."""
    match value:
        case Array(shape=shape) | NumPyArray(shape=shape):
            return shape
        case Const(bool() | int() | float() | complex()):
            return ()
        case Host(HostKind.BOOL | HostKind.INT | HostKind.FLOAT | HostKind.COMPLEX):
            return ()
    return None


def shape_from(value: Value | None) -> Shape | None:
    """The shape that a `shape` argument asks for: an int or a tuple of them."""
    match value:
        case Const(int()) | Host(HostKind.INT):
            return (_size(value),)
        case Tuple(items) | List(items=tuple(items)):
            if all((isinstance(item, Const) and isinstance(item.value, int)) or item == _INT for item in items):
                return tuple(map(_size, items))
    return None


_INT = Host(HostKind.INT)


def _size(value: Value) -> int | None:
    return value.value if isinstance(value, Const) and isinstance(value.value, int) else None


def shape_value(shape: Shape | None) -> Value | None:
    """The tuple that `x.shape` is."""
    if shape is None:
        return None
    return Tuple(tuple(_INT if size is None else Const(size) for size in shape))


def literal_shape(value: Value) -> Shape | None:
    """The shape of `jnp.array(value)` for nested lists and tuples of numbers or arrays."""
    match value:
        case Tuple(items) | List(items=tuple(items)):
            if not items:
                return (0,)
            inner = literal_shape(items[0])
            if inner is None or any(literal_shape(item) != inner for item in items[1:]):
                return None
            return (len(items), *inner)
    return shape_of(value)


def size_of(shape: Shape | None) -> int | None:
    """The number of elements, when every axis is known."""
    if shape is None or any(size is None for size in shape):
        return None
    return math.prod(size for size in shape if size is not None)


def integers_in(value: Value | None) -> tuple[int, ...] | None:
    """The integers of an argument such as `axis`: one, or a sequence of them; None when they are not known."""
    shape = shape_from(value)
    if shape is None or any(size is None for size in shape):
        return None
    return tuple(size for size in shape if size is not None)


def axes_of(shape: Shape, value: Value | None) -> tuple[int, ...] | None:
    """The axes of `shape` that an `axis` argument names, counted from the front; None when that is not known."""
    axes = integers_in(value)
    return None if axes is None else placed(axes, len(shape))


def placed(axes: Iterable[int], rank: int) -> tuple[int, ...] | None:
    """Axes counted from the front; None when one lies outside of the rank, or stands there twice."""
    found = tuple(axis + rank if axis < 0 else axis for axis in axes)
    return found if all(0 <= axis < rank for axis in found) and len(set(found)) == len(found) else None


# ------------------------------------------------------------------------------------------------ elementwise


def broadcast(*shapes: Shape | None) -> Shape | None:
    """The shape of an elementwise operation."""
    result: Shape = ()
    for shape in shapes:
        both = None if shape is None else _broadcast(result, shape)
        if both is None:
            return None
        result = both
    return result


def _broadcast(a: Shape, b: Shape) -> Shape | None:
    rank = max(len(a), len(b))
    left = (1,) * (rank - len(a)) + a
    right = (1,) * (rank - len(b)) + b
    sizes: list[int | None] = []
    for m, n in zip(left, right, strict=True):
        if m == 1:
            sizes.append(n)
        elif n == 1 or m == n:
            sizes.append(m)
        elif m is None or n is None:
            # The unknown size is one, or the same.
            sizes.append(m if n is None else n)
        else:
            return None
    return tuple(sizes)


# ------------------------------------------------------------------------------------------------ reductions


def reduced(shape: Shape, axes: Iterable[int], keep: bool) -> Shape:
    """The shape without these axes, or with a size of one in their place."""
    gone = set(axes)
    if keep:
        return tuple(1 if axis in gone else size for axis, size in enumerate(shape))
    return tuple(size for axis, size in enumerate(shape) if axis not in gone)


# ------------------------------------------------------------------------------------------------ other arrangements


def reshaped(shape: Shape | None, asked: Shape | None) -> Shape | None:
    """The shape of `x.reshape(asked)`, a -1 in it computed where the size of `x` is known."""
    if asked is None or -1 not in asked:
        return asked
    total = size_of(shape)
    known = size_of(tuple(1 if size == -1 else size for size in asked))
    inferred = total // known if total is not None and known and total % known == 0 else None
    return tuple(inferred if size == -1 else size for size in asked)


def permuted(shape: Shape, order: Sequence[int]) -> Shape | None:
    """The axes in another order."""
    axes = placed(order, len(shape))
    return tuple(shape[axis] for axis in axes) if axes is not None and len(axes) == len(shape) else None


def swapped(shape: Shape, first: int, second: int) -> Shape | None:
    """Two axes exchanged."""
    axes = placed((first, second), len(shape)) if first != second else placed((first,), len(shape))
    if axes is None:
        return None
    sizes = list(shape)
    sizes[axes[0]], sizes[axes[-1]] = sizes[axes[-1]], sizes[axes[0]]
    return tuple(sizes)


def moved(shape: Shape, source: Sequence[int], destination: Sequence[int]) -> Shape | None:
    """Axes moved elsewhere, the others in their order."""
    here, there = placed(source, len(shape)), placed(destination, len(shape))
    if here is None or there is None or len(here) != len(there):
        return None
    rest = [size for axis, size in enumerate(shape) if axis not in here]
    for to, origin in sorted(zip(there, here, strict=True)):
        rest.insert(to, shape[origin])
    return tuple(rest)


def squeezed(shape: Shape, axes: tuple[int, ...] | None) -> Shape | None:
    """The shape without these axes of size one; without all of them for None."""
    if axes is None:
        return None if None in shape else tuple(size for size in shape if size != 1)
    return reduced(shape, axes, keep=False) if all(shape[axis] in (1, None) for axis in axes) else None


def expanded(shape: Shape, axes: Iterable[int]) -> Shape | None:
    """The shape with axes of size one at these places of the result."""
    wanted = tuple(axes)
    places = placed(wanted, len(shape) + len(wanted))
    if places is None:
        return None
    rest = list(shape)
    for place in sorted(places):
        rest.insert(place, 1)
    return tuple(rest)


def concatenated(shapes: Sequence[Shape], axis: int) -> Shape | None:
    """Arrays one after the other along an axis."""
    if len({len(shape) for shape in shapes}) != 1:
        return None
    along = placed((axis,), len(shapes[0]))
    if along is None:
        return None
    result = list(shapes[0])
    for shape in shapes[1:]:
        for place, size in enumerate(shape):
            known = result[place]
            if place == along[0]:
                result[place] = None if known is None or size is None else known + size
            elif known is None:
                result[place] = size
            elif size not in (None, known):
                return None
    return tuple(result)


def stacked(shapes: Sequence[Shape], axis: int) -> Shape | None:
    """Arrays beside one another along a new axis."""
    each = [expanded(shape, (axis,)) for shape in shapes]
    known = [shape for shape in each if shape is not None]
    return concatenated(known, axis) if len(known) == len(each) else None


def joined(shapes: Sequence[Shape]) -> Shape | None:
    """The one shape that all have, with what any of them knows; None where they surely differ."""
    result = shapes[0]
    for shape in shapes[1:]:
        if len(shape) != len(result) or any(m != n and None not in (m, n) for m, n in zip(result, shape, strict=True)):
            return None
        result = tuple(n if m is None else m for m, n in zip(result, shape, strict=True))
    return result


# ------------------------------------------------------------------------------------------------ products


def _agree(m: int | None, n: int | None) -> bool:
    return m is None or n is None or m == n


def matmul(a: Shape, b: Shape) -> Shape | None:
    """`a @ b`."""
    if not a or not b or not _agree(a[-1], b[-2] if len(b) > 1 else b[0]):
        return None
    batch = broadcast(a[:-2], b[:-2])
    if batch is None:
        return None
    return (*batch, *a[-2:-1], *(b[-1:] if len(b) > 1 else ()))


def dot(a: Shape, b: Shape) -> Shape | None:
    """`jnp.dot(a, b)`: no batches."""
    if not a or not b:
        return a or b
    if not _agree(a[-1], b[-2] if len(b) > 1 else b[0]):
        return None
    return (*a[:-1], *b[:-2], *(b[-1:] if len(b) > 1 else ()))


def tensordot(a: Shape, b: Shape, left: Sequence[int], right: Sequence[int]) -> Shape | None:
    """`jnp.tensordot` over these axes of both."""
    here, there = placed(left, len(a)), placed(right, len(b))
    if here is None or there is None or len(here) != len(there):
        return None
    if not all(_agree(a[m], b[n]) for m, n in zip(here, there, strict=True)):
        return None
    return reduced(a, here, keep=False) + reduced(b, there, keep=False)


def einsum(subscripts: str, shapes: Sequence[Shape]) -> Shape | None:
    """What subscripts such as "ij,jk->ik" make of shapes; None for an ellipsis."""
    text = subscripts.replace(" ", "")
    inputs, arrow, output = text.partition("->")
    terms = inputs.split(",")
    if "." in text or len(terms) != len(shapes):
        return None
    sizes: dict[str, int | None] = {}
    for term, shape in zip(terms, shapes, strict=True):
        if len(term) != len(shape):
            return None
        for letter, size in zip(term, shape, strict=True):
            known = sizes.get(letter)
            if known is None or known == 1:
                sizes[letter] = size if size is not None or known is None else None
            elif size not in (None, 1, known):
                return None
    if not arrow:
        letters = "".join(terms)
        output = "".join(sorted(letter for letter in set(letters) if letters.count(letter) == 1))
    return tuple(sizes[letter] for letter in output) if set(output) <= sizes.keys() else None
