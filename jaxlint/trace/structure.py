"""Pytrees beside each other: where two of them surely differ in what JAX compares of carries and branches.

    difference((f32[3], f32[]), (f32[3],))      # structure: a tuple of 2, a tuple of 1
    difference((f32[3], f32[]), (f32[2], f32[]))    # shape of [0]: float32[3], float32[2]

What is not known differs from nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum

from jaxlint.trace import dtypes
from jaxlint.values import NONE, Array, Class, Const, Dict, Host, HostKind, Instance, List, NumPyArray, Shape, Tuple, Value
from jaxlint.values.immutable import immutable
from jaxlint.values.join import alternatives
from jaxlint.values.objects import tuple_fields
from jaxlint.values.pytree import DEPTH_LIMIT

_NUMERIC = (HostKind.BOOL, HostKind.INT, HostKind.FLOAT, HostKind.COMPLEX)


class Aspect(Enum):
    """In what two pytrees differ."""

    STRUCTURE = "structure"
    SHAPE = "shape"
    DTYPE = "dtype"


@immutable(frozen=True, slots=True)
class Difference:
    """A sure difference: in what, under which path (`[1].loss`, empty for the whole), and what stands on both sides."""

    aspect: Aspect
    path: str
    first: str
    second: str


Leaves = Callable[[Value, Value], Aspect | None]
"""In what two leaves surely differ."""


def difference(
    first: Value, second: Value, leaves: Leaves | None = None, path: str = "", depth: int = 0
) -> Difference | None:
    """Where two pytrees surely differ, whichever of the alternatives they are; None where they need not."""
    found: Difference | None = None
    for one in alternatives(first):
        for other in alternatives(second):
            unlike = _between(one, other, leaves or unlike_leaves, path, depth)
            if unlike is None:
                return None
            found = found or unlike
    return found


def _between(first: Value, second: Value, leaves: Leaves, path: str, depth: int) -> Difference | None:
    if depth > DEPTH_LIMIT:
        return None
    kinds = described_node(first), described_node(second)
    if not all(kinds):
        return None
    if kinds[0] != kinds[1]:
        return Difference(Aspect.STRUCTURE, path, kinds[0], kinds[1])
    if is_leaf(first):
        aspect = leaves(first, second)
        return None if aspect is None else Difference(aspect, path, described_leaf(first), described_leaf(second))
    pairs = (difference(one, other, leaves, path + step, depth + 1) for step, one, other in _children(first, second))
    return next((found for found in pairs if found is not None), None)


def unlike_leaves(first: Value, second: Value) -> Aspect | None:
    """In what two leaves differ; that one dtype is weak and the other is not does not count."""
    if unlike_shapes(shape_of(first), shape_of(second)):
        return Aspect.SHAPE
    return Aspect.DTYPE if unlike_dtypes(first, second) else None


def unlike_dtypes(first: Value, second: Value) -> bool:
    """Whether two leaves surely have different dtypes."""
    one, other = dtypes.dtype_of(first)[0], dtypes.dtype_of(second)[0]
    return one is not None and other is not None and one != other


def unlike_shapes(first: Shape | None, second: Shape | None) -> bool:
    """Whether two shapes surely differ."""
    if first is None or second is None:
        return False
    if len(first) != len(second):
        return True
    return any(a is not None and b is not None and a != b for a, b in zip(first, second, strict=True))


def is_leaf(value: Value) -> bool:
    """Whether a value surely is one array or number."""
    match value:
        case Array() | NumPyArray() | Const(bool() | int() | float() | complex()):
            return True
        case Host(kind):
            return kind in _NUMERIC
    return False


def shape_of(leaf: Value) -> Shape | None:
    """The shape of a leaf, where it is known; keys are of a sort that is not always known, and have none here."""
    match leaf:
        case Array(shape=shape, key=key):
            return shape if key is None else None
        case NumPyArray(shape=shape):
            return shape
    return () if is_leaf(leaf) else None


def described_node(value: Value) -> str:
    """What a value is as a node of a pytree, in words; empty when that is not known.

    Of a dict no more than that: which keys it has at last is known from above only.
    """
    match value:
        case Tuple(items):
            return f"a tuple of {len(items)}"
        case List(items=tuple(items)):
            return f"a list of {len(items)}"
        case Dict():
            return "a dict"
        case Instance(cls=Class(name=name), exact=True) if tuple_fields(value) is not None:
            return f"a {name}"
        case _ if value == NONE:
            return "None"
    return "an array" if is_leaf(value) else ""


def described_leaf(leaf: Value) -> str:
    """A leaf as JAX writes its type: `float32[3]`."""
    dtype, shape = dtypes.dtype_of(leaf)[0], shape_of(leaf)
    sizes = "…" if shape is None else ",".join("?" if size is None else str(size) for size in shape)
    return f"{dtype or 'array'}[{sizes}]"


def _children(first: Value, second: Value) -> Iterator[tuple[str, Value, Value]]:
    match first, second:
        case ((Tuple(items) | List(items=tuple(items))), (Tuple(others) | List(items=tuple(others)))):
            for index, (one, other) in enumerate(zip(items, others, strict=True)):
                yield f"[{index}]", one, other
        case Instance(), Instance():
            for name in tuple_fields(first) or ():
                if name in first.fields and name in second.fields:
                    yield f".{name}", first.fields[name], second.fields[name]
