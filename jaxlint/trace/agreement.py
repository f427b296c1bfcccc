"""Whether two pytrees of arrays agree, as JAX asks of a loop's carry, of branches and of the trees of `tree.map`.

    difference(Tuple((f32[], f32[3])), Tuple((f32[], f32[2])))     # Difference("[1]", "float32[3]", "float32[2]")

Only what surely differs is told: a structure, a shape or a dtype of which too little is known agrees with everything.
https://docs.jax.dev/en/latest/_autosummary/jax.lax.scan.html
"""

from __future__ import annotations

from jaxlint.trace import dtypes, shapes
from jaxlint.values import NONE, Array, Const, Dict, Host, HostKind, Instance, List, NumPyArray, Shape, Tuple, TupleOf, Value
from jaxlint.values.immutable import immutable
from jaxlint.values.objects import is_record
from jaxlint.values.pytree import dynamic_fields

_NUMERIC = (HostKind.BOOL, HostKind.INT, HostKind.FLOAT, HostKind.COMPLEX)


@immutable(frozen=True, slots=True)
class Difference:
    """Where two pytrees differ: the path to it, and what stands there in the one and in the other."""

    path: str
    one: str
    other: str

    @property
    def place(self) -> str:
        """The path as a message tells it; empty where the trees differ as a whole."""
        return f" at {self.path}" if self.path else ""


def difference(
    one: Value, other: Value, *, promotes: bool = False, leaves: bool = True, path: str = ""
) -> Difference | None:
    """Where two values surely differ as pytrees: the first place, None where they may agree.

    `promotes` lets a weakly typed number of `one` become the dtype of `other`, as a carry does; `leaves=False` compares
    the structure only, down to the leaves of `one`, as `tree.map` does.
    """
    first, second = _Node.of(one), _Node.of(other)
    if first is None or second is None or (first.is_leaf and not leaves):
        return None
    if _may_be_an_object(first, other) or _may_be_an_object(second, one):
        return None
    if first.kind != second.kind:
        return Difference(path, first.words, second.words)
    if first.is_leaf:
        return None if _leaves_agree(one, other, promotes) else Difference(path, _aval(one), _aval(other))
    if first.keys is None or second.keys is None:
        return None
    if first.subscripts and first.keys != second.keys:
        return Difference(path, first.words, second.words)
    others = dict(zip(second.keys, second.children, strict=True))
    for key, child in zip(first.keys, first.children, strict=True):
        if key not in others:
            continue  # a field of an object, which is not known there
        place = f"{path}[{key!r}]" if first.subscripts else f"{path}.{key}"
        found = difference(child, others[key], promotes=promotes, leaves=leaves, path=place)
        if found is not None:
            return found
    return None


@immutable(frozen=True, slots=True)
class _Node:
    """A value as a node of a pytree: what sort it is, and its children by their keys, None when they are not known."""

    kind: object
    words: str
    keys: tuple[object, ...] | None = ()
    children: tuple[Value, ...] = ()
    subscripts: bool = True

    @property
    def is_leaf(self) -> bool:
        return self.kind == "leaf"

    @staticmethod
    def of(value: Value) -> _Node | None:
        """The node; None when not even its sort is known."""
        match value:
            case Array() | NumPyArray() | Const(bool() | int() | float() | complex()):
                return _Node("leaf", _aval(value))
            case Host(kind) if kind in _NUMERIC:
                return _Node("leaf", _aval(value))
            case Const(None):
                return _Node("none", "None")
            case Tuple(items):
                return _Node("tuple", f"a tuple of {len(items)}", tuple(range(len(items))), items)
            case TupleOf():
                return _Node("tuple", "a tuple", None)
            case List(items=tuple(items)):
                return _Node("list", f"a list of {len(items)}", tuple(range(len(items))), items)
            case List():
                return _Node("list", "a list", None)
            case Dict(items, None, partial=False):
                ordered = sorted(items, key=lambda item: str(item[0]))
                keys = tuple(key for key, _ in ordered)
                return _Node("dict", f"a dict with {', '.join(map(repr, keys))}", keys, tuple(v for _, v in ordered))
            case Dict():
                return _Node("dict", "a dict", None)
            case Instance(cls=cls, fields=fields, exact=True) if is_record(value):
                names = tuple(filter(dynamic_fields(value).__contains__, fields))
                return _Node(cls, f"a {getattr(cls, 'name', 'object')}", names, tuple(fields[n] for n in names), False)
        return None


def _may_be_an_object(node: _Node, value: Value) -> bool:
    """Whether a value counts as an array only because it was computed with, as objects with operators of their own are."""
    return not isinstance(node.kind, str) and isinstance(value, Array) and value.shape is None


def _leaves_agree(one: Value, other: Value, promotes: bool) -> bool:
    if _is_key(one) or _is_key(other):
        return True
    if not _shapes_agree(shapes.shape_of(one), shapes.shape_of(other)):
        return False
    (dtype, weak), (wanted, _) = dtypes.dtype_of(one), dtypes.dtype_of(other)
    if dtype is None or wanted is None or dtype == wanted:
        return True
    if not promotes or weak is False:
        return False
    # A weak number takes the other dtype where promotion leads there.
    return weak is None or dtypes.promoted((one, other))[0] in (wanted, None)


def _is_key(value: Value) -> bool:
    return isinstance(value, Array) and value.key is not None


def _shapes_agree(one: Shape | None, other: Shape | None) -> bool:
    if one is None or other is None:
        return True
    return len(one) == len(other) and all(a == b or a is None or b is None for a, b in zip(one, other, strict=True))


def _aval(value: Value) -> str:
    """A leaf as JAX writes its type: `float32[3]`."""
    if value == NONE:
        return "None"
    dtype, _ = dtypes.dtype_of(value)
    shape = shapes.shape_of(value)
    sizes = "…" if shape is None else ",".join("?" if size is None else str(size) for size in shape)
    return f"{dtype or 'array'}[{sizes}]"
