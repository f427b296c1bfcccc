"""Built-in functions that make, join and walk sequences: `list`, `dict`, `enumerate`, `zip`, `map`, `next`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from jaxlint.trace.attributes import read_attribute
from jaxlint.trace.binding import Arguments, Builtin
from jaxlint.trace.identity import another
from jaxlint.trace.iteration import items_of, iterate
from jaxlint.trace.observations import Display, IteratorAdvance, Site
from jaxlint.trace.operations import python_index
from jaxlint.trace.truth import truth
from jaxlint.values import (
    HOST_INT,
    NONE,
    UNKNOWN,
    Array,
    Const,
    Dict,
    Instance,
    Iterator,
    List,
    Set,
    Tuple,
    TupleOf,
    Value,
    join,
    join_all,
)
from jaxlint.values.keys import known_key

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def _sequence(make: Callable[[tuple[Value, ...] | None, Value, int], Value]) -> Builtin:
    def made(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
        depth = frame.context.depth
        if not arguments.positional:
            return make((), UNKNOWN, depth)
        value = arguments.positional[0]
        items = items_of(value)
        element = iterate(t, frame, node, value)
        return make(items, element, depth)

    return made


def _made_list(items: tuple[Value, ...] | None, element: Value, depth: int) -> Value:
    return List(items, UNKNOWN if items is not None else element, depth)


def _made_tuple(items: tuple[Value, ...] | None, element: Value, depth: int) -> Value:
    del depth
    return TupleOf(element) if items is None else Tuple(items)


def _made_iterator(items: tuple[Value, ...] | None, element: Value, depth: int) -> Value:
    return Iterator(element, depth, items)


def _set(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if not arguments.positional:
        return Set(UNKNOWN, frame.context.depth)
    element = iterate(t, frame, node, arguments.positional[0])
    if isinstance(element, Array):
        python_index(t, frame, node, Display.SET, element)
    return Set(element, frame.context.depth)


def _dict(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    result = Dict((), None, frame.context.depth)
    if arguments.positional:
        value = arguments.positional[0]
        if isinstance(value, Dict):
            result = Dict(value.items, value.rest, frame.context.depth, partial=value.partial)
        else:
            items = items_of(value)
            pairs = [items_of(item) for item in items] if items is not None else None
            if pairs is not None and all(p is not None and len(p) == 2 and known_key(p[0]) is not None for p in pairs):
                for pair in pairs:
                    known = known_key(pair[0]) if pair is not None else None
                    if pair is not None and known is not None:
                        result = result.with_item(known[0], pair[1])
            else:
                element = iterate(t, frame, node, value)
                rest = element.items[1] if isinstance(element, Tuple) and len(element.items) == 2 else UNKNOWN
                result = Dict((), rest, frame.context.depth)
    for key, value in arguments.keywords:
        result = result.with_item(key, value)
    if arguments.star_keywords is not None:
        result = Dict(result.items, arguments.star_keywords, result.made)
    return result


def _enumerate(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = arguments.first
    items = items_of(value)
    element = Tuple((HOST_INT, iterate(t, frame, node, value)))
    if items is None or len(arguments.positional) > 1 or arguments.keywords:
        return Iterator(element, frame.context.depth)
    pairs = tuple(Tuple((Const(index), item)) for index, item in enumerate(items))
    return Iterator(element, frame.context.depth, pairs)


def _zip(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if arguments.star is not None:
        # zip(*pairs): each column holds what the pairs hold at its place.
        return Iterator(TupleOf(iterate(t, frame, node, arguments.star)), frame.context.depth)
    columns = [items_of(value) for value in arguments.positional]
    element = Tuple(tuple(iterate(t, frame, node, value) for value in arguments.positional))
    if columns and all(column is not None for column in columns):
        rows = zip(*(column for column in columns if column is not None), strict=False)
        return Iterator(element, frame.context.depth, tuple(Tuple(tuple(row)) for row in rows))
    return Iterator(element, frame.context.depth)


def _map(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    function, *iterables = arguments.positional
    columns = [items_of(value) for value in iterables]
    if all(column is not None and len(column) <= t.budgets.unrolled for column in columns):
        rows = list(zip(*(column for column in columns if column is not None), strict=False))
        results = tuple(t.call(frame, node, function, Arguments(tuple(row))) for row in rows)
        return Iterator(join_all(results), frame.context.depth, results)
    elements = tuple(iterate(t, frame, node, value) for value in iterables)
    return Iterator(t.call(frame, node, function, Arguments(elements)), frame.context.depth)


def _filter(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    function, iterable = arguments.positional[:2]
    element = iterate(t, frame, node, iterable)
    kept = element if function == NONE else t.call(frame, node, function, Arguments((element,)))
    truth(t, frame, node, kept, Site.BUILTIN, "filter")
    return Iterator(element, frame.context.depth)


def _next(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = arguments.first
    result: Value = UNKNOWN
    if isinstance(value, Iterator):
        t.observe(IteratorAdvance(node, frame, value, value.made))
        result = value.element if value.items is not None else another(frame, node, value.element)
    elif isinstance(value, Instance):
        result = t.call(frame, node, read_attribute(t, frame, node, value, "__next__"), Arguments())
    return result if len(arguments.positional) < 2 else join(result, arguments.positional[1])


SEQUENCES: Mapping[str, Builtin] = MappingProxyType({
    "list": _sequence(_made_list),
    "tuple": _sequence(_made_tuple),
    "iter": _sequence(_made_iterator),
    "reversed": _sequence(lambda items, element, depth: Iterator(element, depth, items and items[::-1])),
    "set": _set,
    "frozenset": _set,
    "dict": _dict,
    "enumerate": _enumerate,
    "zip": _zip,
    "map": _map,
    "filter": _filter,
    "next": _next,
})
