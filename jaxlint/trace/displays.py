"""Displays: `(a, b)`, `[a, *b]`, `{a, b}`, `{**a, "k": b}`, f-strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.arithmetic import merge_dicts
from jaxlint.trace.iteration import items_of, iterate
from jaxlint.trace.observations import Display
from jaxlint.trace.operations import format_value, python_index
from jaxlint.trace.text import text_of
from jaxlint.values import (
    HOST_STR,
    NEVER,
    UNKNOWN,
    Array,
    Dict,
    List,
    Set,
    Tree,
    Tuple,
    TupleOf,
    Value,
    join,
    join_all,
)
from jaxlint.values.keys import known_key

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def _elements(t: Tracer, frame: Frame, elements: list[nodes.NodeNG]) -> tuple[tuple[Value, ...] | None, Value]:
    """The items of a display, one by one while their number is known, else None and their join."""
    items: list[Value] | None = []
    element: Value = NEVER
    for item in elements:
        if isinstance(item, nodes.Starred):
            value = t.evaluate(frame, item.value)
            known = items_of(value)
            if known is not None and items is not None:
                items.extend(known)
                continue
            if items is not None:
                element, items = join_all(items), None
            element = join(element, iterate(t, frame, item, value))
            continue
        value = t.evaluate(frame, item)
        if items is not None:
            items.append(value)
        else:
            element = join(element, value)
    if items is not None and len(items) > t.budgets.display_items:
        return None, join_all(items)
    return (None if items is None else tuple(items)), element


def tuple_display(t: Tracer, frame: Frame, node: nodes.Tuple) -> Value:
    """`(a, *b)`."""
    items, element = _elements(t, frame, node.elts)
    return TupleOf(element) if items is None else Tuple(items)


def list_display(t: Tracer, frame: Frame, node: nodes.List) -> Value:
    """`[a, *b]`."""
    items, element = _elements(t, frame, node.elts)
    return List(items, UNKNOWN if items is not None else element, frame.context.depth)


def set_display(t: Tracer, frame: Frame, node: nodes.Set) -> Value:
    """`{a, *b}`."""
    items, element = _elements(t, frame, node.elts)
    for item in node.elts:
        if not isinstance(item, nodes.Starred):
            value = t.evaluate(frame, item) if isinstance(item, nodes.Name) else UNKNOWN
            if isinstance(value, Array):
                python_index(t, frame, item, Display.SET, value)
    return Set(element if items is None else join_all(items), frame.context.depth)


def dict_display(t: Tracer, frame: Frame, node: nodes.Dict) -> Value:
    """`{"a": b, **c}`."""
    result = Dict((), None, frame.context.depth)
    for key_node, value_node in node.items:
        if isinstance(key_node, nodes.DictUnpack):
            other = t.evaluate(frame, value_node)
            if isinstance(other, Dict):
                result = merge_dicts(result, other)
            else:
                rest = Tree(other.tracing, other.why) if isinstance(other, Tree) else UNKNOWN
                result = merge_dicts(result, Dict((), rest))
            continue
        key = t.evaluate(frame, key_node)
        value = t.evaluate(frame, value_node)
        known = known_key(key)
        if known is not None and len(result.items) < t.budgets.display_items:
            result = result.with_item(known[0], value)
        else:
            if isinstance(key, Array):
                python_index(t, frame, key_node, Display.DICT, key)
            others = key if result.rest is None else join(result.others, key)
            joined = value if result.rest is None else join(result.rest, value)
            result = Dict(result.items, joined, result.made, others=others)
    return result


def joined_text(t: Tracer, frame: Frame, node: nodes.NodeNG) -> Value:
    """An f-string."""
    return text_of([t.evaluate(frame, part) for part in node.values if not isinstance(part, nodes.Const)])


def formatted_value(t: Tracer, frame: Frame, node: nodes.NodeNG) -> Value:
    """`{x!r:spec}` in an f-string."""
    value = t.evaluate(frame, node.value)
    spec = node.format_spec
    if spec is not None:
        t.evaluate(frame, spec)
    specified = spec is not None and bool(getattr(spec, "values", True))
    format_value(t, frame, node, value, specified)
    return HOST_STR if specified else text_of((value,))
