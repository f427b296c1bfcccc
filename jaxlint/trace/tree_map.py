"""`jax.tree.map` over a tree whose leaves are of different kinds: each leaf on its own.

jax.tree.map(lambda x: float(x) if isinstance(x, int) else x, (10, count))      # (10.0, count)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace.binding import Arguments
from jaxlint.trace.buffers import donated_before
from jaxlint.values import (
    NONE,
    UNKNOWN,
    Answer,
    Array,
    Const,
    Dict,
    Instance,
    List,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Unknown,
    Value,
    alternatives,
    join_all,
)
from jaxlint.values.join import list_element
from jaxlint.values.objects import Fields, is_record
from jaxlint.values.pytree import dynamic_fields, has_own_children

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer

Stops = Callable[[Value], Answer]
"""Whether `is_leaf` takes a node, None among them, for a leaf."""


def map_unlike_leaves(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    function: Value,
    tree: Value,
    rest: tuple[Value, ...],
    is_leaf: Value | None,
) -> Value | None:
    """The result; None where one walk for all leaves tells as much, or the structure is not known."""

    def stops(child: Value) -> Answer:
        if is_leaf is None or is_leaf == NONE:
            return Answer.NO
        answer = t.call(frame, node, is_leaf, Arguments((child,)))
        return Answer.of(bool(answer.value)) if isinstance(answer, Const) else Answer.UNKNOWN

    found = _leaves(tree, stops)
    if found is None or not 1 <= len(found) <= t.budgets.unrolled:
        return None
    if any(isinstance(leaf, Unknown) or has_own_children(leaf) for leaf in found):
        return None
    abstract = {leaf.tracing for leaf in found if isinstance(leaf, Array)}
    unlike = len(abstract) > 1 or isinstance(join_all(found), Union | Unknown)
    unlike = unlike or any(donated_before(frame, leaf) is not None for leaf in found)
    unlike = unlike or any(_goes_deeper(tree, other, stops) for other in rest)
    if not unlike:
        return None
    return _walk(
        tree, rest, stops, lambda arguments: t.call(frame, node, function, Arguments(arguments)), frame.context.depth
    )


def _leaves(tree: Value, stops: Stops) -> list[Value] | None:
    """The leaves of a tree whose structure is known, else None."""
    stopped = stops(tree)
    if stopped is Answer.UNKNOWN or _is_open(tree):
        return None
    children = None if stopped is Answer.YES else _inner(tree)
    if children is None:
        return [] if tree == NONE and stopped is Answer.NO else [tree]
    found: list[Value] = []
    for _, child in children:
        below = _leaves(child, stops)
        if below is None:
            return None
        found += below
    return found


def _is_open(tree: Value) -> bool:
    """Whether it is not known which children a node has."""
    match tree:
        case TupleOf() | Tree() | Union() | List(items=None):
            return True
        case Dict(rest=rest):
            return rest is not None
    return False


def _inner(tree: Value) -> tuple[tuple[object, Value], ...] | None:
    """The children of an inner node, by key; None for what is a leaf by default, and for None, which has none."""
    match tree:
        case Tuple(items) | List(items=tuple(items)):
            return tuple(enumerate(items))
        case Dict(items, rest=None):
            return items
        case Instance(fields=fields) if is_record(tree):
            dynamic = dynamic_fields(tree)
            return tuple((name, field) for name, field in fields.items() if name in dynamic)
    return None


def _goes_deeper(tree: Value, other: Value, stops: Stops) -> bool:
    """Whether a further tree has inner nodes where the first has leaves: the function is given them whole."""
    children = None if stops(tree) is Answer.YES else _inner(tree)
    if children is not None:
        return any(_goes_deeper(child, _child(other, key), stops) for key, child in children)
    return any(isinstance(option, Tuple | TupleOf | List | Dict | Instance) for option in alternatives(other))


def _walk(
    tree: Value, rest: tuple[Value, ...], stops: Stops, call: Callable[[tuple[Value, ...]], Value], depth: int
) -> Value:
    stopped = stops(tree) is Answer.YES
    children = None if stopped else _inner(tree)
    if children is None:
        return tree if tree == NONE and not stopped else call((tree, *rest))
    changed = tuple((key, _walk(child, _children(rest, key), stops, call, depth)) for key, child in children)
    match tree:
        case Tuple():
            return Tuple(tuple(value for _, value in changed))
        case List():
            return List(tuple(value for _, value in changed), UNKNOWN, depth)
        case Dict():
            return replace(tree, items=changed, made=depth, rebuilt=False)
        case Instance(fields=fields):
            new = Fields({**fields, **{str(name): value for name, value in changed}})
            return Instance(tree.cls, new, tree.exact, depth)
    return tree


def _children(values: tuple[Value, ...], key: object) -> tuple[Value, ...]:
    return tuple(_child(value, key) for value in values)


def _child(value: Value, key: object) -> Value:
    match value:
        case Tuple(items) | List(items=tuple(items)) if isinstance(key, int) and 0 <= key < len(items):
            return items[key]
        case List():
            return list_element(value)
        case TupleOf(element):
            return element
        case Dict():
            return value.get(key) or value.rest or UNKNOWN
        case Instance(fields=fields) if isinstance(key, str):
            return fields.get(key, UNKNOWN)
        case Tree():
            return value
    return UNKNOWN
