"""The join: the abstract value of something that may be either of two.

Values of one kind join pointwise; values of different kinds become a `Union`, up to a size past which nothing is known.
Join is commutative up to the order of a union, associative and idempotent; Unknown absorbs, Never is neutral.
"""

from __future__ import annotations

from collections.abc import Iterable

from jaxlint.values.arrays import Array, NumPyArray, Shape, Tracing
from jaxlint.values.base import HOST, NEVER, NONE, UNKNOWN, Const, Host, Never, Unknown, Value, kind_of_const
from jaxlint.values.containers import Dict, Filtered, Iterator, List, Set, Tree, Tuple, TupleOf, View
from jaxlint.values.objects import Fields, Instance

UNION_LIMIT = 6
"""Alternatives kept apart: enough for `None | array | tuple` and a table of branch functions; past it, unknown."""


class Union(Value):
    """Any one of several values of different kinds; never nested, never with Unknown or Never among them.

    The options stand in the order in which they were joined. Unions of the same options are equal in whatever order.
    """

    __slots__ = ("_known", "options")
    __match_args__ = ("options",)

    def __init__(self, options: tuple[Value, ...]) -> None:
        self.options = options
        self._known: int | None = None

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Union) or hash(self) != hash(other):
            return False
        return frozenset(self.options) == frozenset(other.options)

    def __hash__(self) -> int:
        if self._known is None:
            self._known = hash(frozenset(self.options))
        return self._known

    def __repr__(self) -> str:
        return " | ".join(sorted(map(repr, self.options)))


def alternatives(value: Value) -> tuple[Value, ...]:
    """The values that a value may be: the options of a union, else itself alone, none for Never."""
    if type(value) is Union:
        return value.options
    return () if value is NEVER else (value,)


def join_all(values: Iterable[Value]) -> Value:
    """The join of any number of values; Never for none."""
    result: Value = NEVER
    for value in values:
        result = value if result is NEVER else join(result, value)
        if result is UNKNOWN:
            break
    return result


def join(a: Value, b: Value) -> Value:
    """The least value that stands for everything that `a` or `b` stands for."""
    if a is b:
        return a
    kind, other = type(a), type(b)
    if other is Never:
        return a
    if kind is Never:
        return b
    if kind is Unknown or other is Unknown:
        return UNKNOWN
    if kind is other and a == b:
        return a
    if kind is Filtered or other is Filtered:
        return _join_filtered(a, b)
    if kind is Union or other is Union:
        return _union(alternatives(a), alternatives(b))
    merged = _merge(a, b)
    return merged if merged is not None else Union((a, b))


def _join_filtered(a: Value, b: Value) -> Value:
    """What is no array may be among what a transformation left alone, and so may a tracer."""
    for one, other in ((a, b), (b, a)):
        match one, other:
            case Filtered(why, filled), Filtered():
                return Filtered(why, filled and other.filled)
            case Filtered(why, filled), Array(Tracing.HIDDEN):
                return Filtered(why, filled)
            case Filtered(why, filled), Tree(Tracing.HIDDEN):
                return Filtered(why, filled and other.filled)
            case Filtered(why), Const() | Host():
                return Filtered(why, False)
    return UNKNOWN


def _union(left: tuple[Value, ...], right: tuple[Value, ...]) -> Value:
    options = list(left)
    for value in right:
        for index, known in enumerate(options):
            merged = known if known == value else _merge(known, value)
            if merged is not None:
                options[index] = merged
                break
        else:
            options.append(value)
    if len(options) > UNION_LIMIT:
        return UNKNOWN
    if any(isinstance(option, Unknown) for option in options):
        return UNKNOWN
    if len(options) == 1:
        return options[0]
    return Union(tuple(options))


def _merge(a: Value, b: Value) -> Value | None:
    """The join of two values of one kind; None when they must be kept apart."""
    match a, b:
        case (Const() | Host()), (Const() | Host()):
            return _merge_host(a, b)
        case Array(), Array():
            return _merge_arrays(a, b)
        case (Array() | Tree()), (Array() | Tree()):
            filled = all(not isinstance(side, Tree) or side.filled for side in (a, b))
            return Tree(a.tracing.join(b.tracing), a.why or b.why, a.of & b.of, filled)
        case NumPyArray(), NumPyArray():
            buffer = a.buffer if a.buffer == b.buffer else None
            return NumPyArray(join_shapes(a.shape, b.shape), a.dtype if a.dtype == b.dtype else None, buffer)
        case (Tuple() | TupleOf()), (Tuple() | TupleOf()):
            return _merge_tuples(a, b)
        case List(), List():
            return _merge_lists(a, b)
        case Dict(), Dict():
            return _merge_dicts(a, b)
        case Set(), Set():
            return Set(join(a.element, b.element), max(a.made, b.made))
        case View(), View():
            return View(join(a.element, b.element))
        case Iterator(), Iterator():
            return Iterator(join(a.element, b.element), max(a.made, b.made))
        case Instance(), Instance() if a.cls == b.cls:
            return _merge_instances(a, b)
    return None


def _merge_host(a: Const | Host, b: Const | Host) -> Value | None:
    if a == NONE or b == NONE:
        return None  # None stays apart, so that `is None` can tell
    kinds = [kind_of_const(v) if isinstance(v, Const) else v.kind for v in (a, b)]
    return Host(kinds[0]) if kinds[0] is kinds[1] else HOST


def join_shapes(a: Shape | None, b: Shape | None) -> Shape | None:
    """What is known of the shape of an array that has either shape."""
    if a is None or b is None or len(a) != len(b):
        return None
    return tuple(m if m == n else None for m, n in zip(a, b, strict=True))


def _merge_arrays(a: Array, b: Array) -> Array:
    return Array(
        a.tracing.join(b.tracing),
        join_shapes(a.shape, b.shape),
        a.dtype if a.dtype == b.dtype else None,
        a.weak if a.weak == b.weak else None,
        a.key if a.key is b.key else None,
        a.key_id if a.key_id == b.key_id else None,
        a.why or b.why,
        a.buffer if a.buffer == b.buffer else None,
        a.plural and b.plural,
        a.of & b.of,
    )


def _items(value: Tuple | TupleOf) -> Value:
    return value.element if isinstance(value, TupleOf) else join_all(value.items)


def _merge_tuples(a: Tuple | TupleOf, b: Tuple | TupleOf) -> Value:
    if isinstance(a, Tuple) and isinstance(b, Tuple) and len(a.items) == len(b.items):
        return Tuple(tuple(join(x, y) for x, y in zip(a.items, b.items, strict=True)))
    return TupleOf(join(_items(a), _items(b)))


def list_element(value: List) -> Value:
    """What any one item of the list is."""
    return value.element if value.items is None else join_all(value.items)


def _merge_lists(a: List, b: List) -> List:
    made, rebuilt = max(a.made, b.made), a.rebuilt and b.rebuilt
    if a.items is not None and b.items is not None and len(a.items) == len(b.items):
        items = tuple(join(x, y) for x, y in zip(a.items, b.items, strict=True))
        return List(items, UNKNOWN, made, rebuilt)
    return List(None, join(list_element(a), list_element(b)), made, rebuilt)


def dict_value(value: Dict) -> Value:
    """What stands under any one key of the dict."""
    return join_all([item for _, item in value.items] + ([] if value.rest is None else [value.rest]))


def _merge_dicts(a: Dict, b: Dict) -> Dict:
    made, rebuilt = max(a.made, b.made), a.rebuilt and b.rebuilt
    rest: Value | None = None
    if a.rest is not None or b.rest is not None:
        rest = join(a.rest or NEVER, b.rest or NEVER)
    items: list[tuple[object, Value]] = []
    for key, value in a.items:
        other = b.get(key)
        # A key that only one side has may be missing: reading it then raises, so what is there is what counts.
        items.append((key, value if other is None else join(value, other)))
    items += [(key, value) for key, value in b.items if a.get(key) is None]
    partial = a.partial or b.partial or not len(a.items) == len(items) == len(b.items)
    return Dict(tuple(items), rest, made, rebuilt, partial)


def _merge_instances(a: Instance, b: Instance) -> Instance:
    fields: dict[str, Value] = {}
    for name in (*a.fields, *(n for n in b.fields if n not in a.fields)):
        mine, other = a.fields.get(name), b.fields.get(name)
        fields[name] = UNKNOWN if mine is None or other is None else join(mine, other)
    made = a.made if a.made == b.made else None
    return Instance(a.cls, Fields(fields), a.exact and b.exact, made, a.rebuilt and b.rebuilt)
