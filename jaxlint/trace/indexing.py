"""The shape of `x[index]`: integers, slices, None, Ellipsis, arrays of integers, as NumPy and JAX read them.

    x = jnp.zeros((3, 4, 5))
    x[0, :, None]             # (4, 1, 5)
    x[:, jnp.array([0, 2])]   # (3, 2, 5)
    x[jnp.arange(2), :, 0]    # (2, 4): integers beside an array count as arrays, whose axes come first when apart

Masks make a shape that hangs on their values.
"""

from __future__ import annotations

from jaxlint.trace.shapes import broadcast
from jaxlint.values import Array, Const, Host, HostKind, NumPyArray, Shape, Slice, Tuple, Value


def indexed(shape: Shape | None, index: Value) -> Shape | None:
    """The shape of `x[index]`; None where a part of the index is not known, or a mask."""
    if shape is None:
        return None
    parts = list(index.items) if isinstance(index, Tuple) else [index]
    selectors = [_selector(part) for part in parts]
    if None in selectors:
        return None
    taken = sum(part != _NONE and part != _ELLIPSIS for part in parts)
    missing = len(shape) - taken
    ellipses = [place for place, part in enumerate(parts) if part == _ELLIPSIS]
    if missing < 0 or len(ellipses) > 1:
        return None
    full: list[tuple[Value, Shape | None]] = [(part, selector) for part, selector in zip(parts, selectors, strict=True)]
    place = ellipses[0] if ellipses else len(full)
    full[place : place + len(ellipses)] = [(_ALL, ())] * missing
    return _taken(shape, full, ellipsis_at=place if ellipses else None)


_NONE = Const(None)
_ELLIPSIS = Const(Ellipsis)
_ALL = Slice()


def _selector(part: Value) -> Shape | None:
    """The shape of a part that is an array of integers, () for all other parts that are known; None for the rest."""
    match part:
        case Const(bool()):
            return None
        case Const(int() | None) | Host(HostKind.INT) | Slice():
            return ()
        case Array(shape=shape, dtype=dtype) | NumPyArray(shape=shape, dtype=dtype):
            return shape if dtype is not None and "int" in dtype else None
    return () if part == _ELLIPSIS else None


def _taken(shape: Shape, parts: list[tuple[Value, Shape | None]], ellipsis_at: int | None) -> Shape | None:
    arrays = [selector for part, selector in parts if isinstance(part, Array | NumPyArray)]
    advanced = any(arrays)  # a scalar array alone counts as an integer
    result: list[int | None] = []
    places: list[int] = []
    at: int | None = None
    axis = 0
    for place, (part, _) in enumerate(parts):
        if part == _NONE:
            result.append(1)
            continue
        size = shape[axis]
        axis += 1
        if isinstance(part, Slice):
            result.append(sliced(size, part))
        elif advanced:
            places.append(place)
            at = len(result) if at is None else at
    if not advanced:
        return tuple(result)
    both = broadcast(*(selector for part, selector in parts if isinstance(part, Array | NumPyArray)))
    if both is None or at is None:
        return None
    together = places == list(range(places[0], places[-1] + 1))
    if together and ellipsis_at is not None and places[0] < ellipsis_at <= places[-1] and axis == len(places):
        return None  # an ellipsis for no axis between arrays: whether it keeps them apart is not worth knowing
    start = at if together else 0
    return (*result[:start], *both, *result[start:])


def sliced(size: int | None, part: Slice) -> int | None:
    """The size of an axis after a slice; None where a bound is not known."""
    bounds: list[int | None] = []
    for bound in (part.lower, part.upper, part.step):
        match bound:
            case None | Const(None):
                bounds.append(None)
            case Const(int() as number):
                bounds.append(number)
            case _:
                return None
    if bounds[2] == 0 or size is None:
        return None
    return len(range(*slice(*bounds).indices(size)))
