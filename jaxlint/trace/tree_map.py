"""`jax.tree.map` over a tree whose leaves are of different kinds: each leaf on its own.

jax.tree.map(lambda x: float(x) if isinstance(x, int) else x, (10, count))      # (10.0, count)
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace.binding import Arguments
from jaxlint.values import NONE, UNKNOWN, Dict, List, Tree, Tuple, TupleOf, Union, Unknown, Value, join_all
from jaxlint.values.join import list_element
from jaxlint.values.pytree import leaves

if TYPE_CHECKING:
    from collections.abc import Callable

    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def map_unlike_leaves(
    t: Tracer, frame: Frame, node: nodes.NodeNG, function: Value, tree: Value, rest: tuple[Value, ...]
) -> Value | None:
    """The result; None where one walk for all leaves tells as much, or the structure is not known."""
    found = tuple(leaves(tree))
    if not 2 <= len(found) <= t.budgets.unrolled or not _is_fixed(tree):
        return None
    if any(isinstance(leaf, Unknown) for leaf in found) or not isinstance(join_all(found), Union | Unknown):
        return None
    return _walk(tree, rest, lambda arguments: t.call(frame, node, function, Arguments(arguments)), frame.context.depth)


def _is_fixed(tree: Value) -> bool:
    match tree:
        case Tuple(items) | List(items=tuple(items)):
            return all(map(_is_fixed, items))
        case Dict(items, rest):
            return rest is None and all(_is_fixed(item) for _, item in items)
        case List() | TupleOf() | Tree() | Union():
            return False
    return True


def _walk(tree: Value, rest: tuple[Value, ...], call: Callable[[tuple[Value, ...]], Value], depth: int) -> Value:
    match tree:
        case Tuple(items):
            return Tuple(tuple(_walk(x, _children(rest, i), call, depth) for i, x in enumerate(items)))
        case List(items=tuple(items)):
            changed = tuple(_walk(x, _children(rest, i), call, depth) for i, x in enumerate(items))
            return List(changed, UNKNOWN, depth)
        case Dict(items):
            pairs = tuple((key, _walk(x, _children(rest, key), call, depth)) for key, x in items)
            return replace(tree, items=pairs, made=depth, rebuilt=False)
    return tree if tree == NONE else call((tree, *rest))


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
        case Tree():
            return value
    return UNKNOWN
