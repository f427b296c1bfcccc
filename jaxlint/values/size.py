"""The size of a value, and values cut down to a size.

Recursive functions over trees make values that nest deeper with each call; comparing, joining and showing those takes
time that grows with the number of their parts.
"""

from __future__ import annotations

from jaxlint.values.arrays import Array, Tracing
from jaxlint.values.base import UNKNOWN, Value
from jaxlint.values.containers import Dict, Iterator, List, Set, Tree, Tuple, TupleOf, View
from jaxlint.values.functions import Bound, Partial, Transformed
from jaxlint.values.join import Union, join_all
from jaxlint.values.objects import Fields, Instance

SIZE_LIMIT = 600
"""Parts of one value: a model with a hundred parameters in nested dicts has some three hundred."""


def parts(value: Value) -> tuple[Value, ...]:
    """The values that a value directly holds."""
    if type(value) not in HOLDERS:
        return ()
    match value:
        case Tuple(items) | List(items=tuple(items)) | View(items=tuple(items)) | Iterator(items=tuple(items)):
            return items
        case TupleOf(element) | List(element=element) | Set(element) | View(element) | Iterator(element):
            return (element,)
        case Dict(items, rest):
            return (*(item for _, item in items), *(() if rest is None else (rest,)))
        case Instance(fields=fields):
            return tuple(fields.values())
        case Union(options):
            return options
        case Partial(function, arguments, keywords):
            return (function, *arguments, *(item for _, item in keywords))
        case Transformed(function=function, options=options):
            return (function, *(item for _, item in options))
        case Bound(receiver, function):
            return (receiver, function)
    return ()


HOLDERS = frozenset({Tuple, List, View, Iterator, TupleOf, Set, Dict, Instance, Union, Partial, Transformed, Bound})
"""The kinds of values that hold others; most values do not, and are asked often."""


def holds_tracer(value: Value, depth: int = 8) -> bool:
    """Whether any part of the value may be a tracer, objects that are no pytrees looked into."""
    if isinstance(value, Array | Tree):
        return value.tracing is not Tracing.CONCRETE
    return depth > 0 and any(holds_tracer(part, depth - 1) for part in parts(value))


def bounded(value: Value, depth: int) -> Value:
    """The value, with what is nested deeper forgotten; Unknown when it still has too many parts."""
    if type(value) not in HOLDERS:
        return value
    count, height = _size(value)
    if height > depth:
        value = _cut(value, depth)
        count, height = _size(value)
    return UNKNOWN if count > SIZE_LIMIT or height > depth + 1 else value


def _size(value: Value) -> tuple[int, int]:
    """The number of parts, itself counted, and how deep they nest; past the limit, any numbers that were reached."""
    if not isinstance(value, Instance):
        return _size_of(parts(value))
    size = value.fields.size
    if size is None:
        size = value.fields.size = _size_of(tuple(value.fields.values()))
    return size


def _size_of(inner: tuple[Value, ...]) -> tuple[int, int]:
    total, height = 1, 1 if inner else 0
    for part in inner:
        if type(part) not in HOLDERS:
            total += 1
            continue
        count, below = _size(part)
        total += count
        height = max(height, below + 1)
        if total > SIZE_LIMIT:
            break
    return total, height


def _cut(value: Value, depth: int) -> Value:
    if not parts(value):
        return value
    if depth == 0:
        return UNKNOWN

    def cut(part: Value) -> Value:
        return _cut(part, depth - 1)

    match value:
        case Tuple(items):
            return Tuple(tuple(map(cut, items)))
        case TupleOf(element):
            return TupleOf(cut(element))
        case List(items, element, made, rebuilt):
            return List(None if items is None else tuple(map(cut, items)), cut(element), made, rebuilt)
        case Dict(items, rest, made, rebuilt, partial):
            known = tuple((key, cut(item)) for key, item in items)
            return Dict(known, None if rest is None else cut(rest), made, rebuilt, partial)
        case Instance(cls, fields, exact, made, rebuilt):
            return Instance(cls, Fields({name: cut(field) for name, field in fields.items()}), exact, made, rebuilt)
        case Union(options):
            return join_all(map(cut, options))
        case Partial(function, arguments, keywords):
            named = tuple((name, cut(item)) for name, item in keywords)
            return Partial(cut(function), tuple(map(cut, arguments)), named)
        case Bound(receiver, function):
            return Bound(cut(receiver), cut(function))
    return value if not isinstance(value, Iterator | View | Set) else UNKNOWN
