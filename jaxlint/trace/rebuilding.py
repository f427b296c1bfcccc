"""Classes registered with functions of their own: JAX takes their objects apart and puts them together with tracers.

`tree_unflatten` runs under the trace, and with it the `__init__` that it calls.
https://docs.jax.dev/en/latest/custom_pytrees.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace.binding import Arguments
from jaxlint.values import UNKNOWN, Bound, Class, Instance, List, Tuple, Value
from jaxlint.values.immutable import immutable
from jaxlint.values.pytree import has_own_children

if TYPE_CHECKING:
    from collections.abc import Callable

    from astroid import nodes

    from jaxlint.trace.context import Context
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def rebuilt(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    value: Value,
    entered: Value,
    context: Context,
    enter: Callable[[Value], Value],
) -> Value:
    """What a traced function receives for `value`, where that is an object of such a class; else `entered`."""
    apart = None if entered is value else taken_apart(t, frame, node, value)
    if apart is None:
        return entered
    outer, frame.context = frame.context, context
    try:
        made = put_together(t, frame, node, replace(apart, children=enter(apart.children)))
    finally:
        frame.context = outer
    return entered if made is None else replace(made, made=context.depth, rebuilt=True)


@immutable(frozen=True, slots=True)
class Apart:
    """An object of such a class, taken apart."""

    cls: Class
    children: Value
    aux: Value


def taken_apart(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value) -> Apart | None:
    """The children of an object of such a class, and the rest of it; None for all other values."""
    if not isinstance(value, Instance) or not isinstance(value.cls, Class) or not has_own_children(value):
        return None
    parts = _parts(t, frame, node, value, value.cls)
    if parts is None:
        return None
    children, aux = parts.items if isinstance(parts, Tuple) and len(parts.items) == 2 else (UNKNOWN, UNKNOWN)
    return Apart(value.cls, children, aux)


def put_together(t: Tracer, frame: Frame, node: nodes.NodeNG, apart: Apart) -> Instance | None:
    """What the class makes of the parts."""
    unflatten = _unflatten_of(apart.cls)
    made = None if unflatten is None else t.call(frame, node, unflatten, Arguments((apart.aux, apart.children)))
    return made if isinstance(made, Instance) else None


def _parts(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Instance, cls: Class) -> Value | None:
    """What the function gives that takes an object apart: (children, the rest)."""
    if cls.registered:
        return t.call(frame, node, cls.registered[0], Arguments((value,)))
    plain, with_keys = cls.find("tree_flatten"), cls.find("tree_flatten_with_keys")
    if plain is not None:
        return t.call(frame, node, Bound(value, plain[0]), Arguments())
    if with_keys is None:
        return None
    match t.call(frame, node, Bound(value, with_keys[0]), Arguments()):
        case Tuple((Tuple(pairs) | List(items=tuple(pairs)), aux)):
            return Tuple((Tuple(tuple(_without_key(pair) for pair in pairs)), aux))
    return UNKNOWN


def _without_key(pair: Value) -> Value:
    return pair.items[1] if isinstance(pair, Tuple) and len(pair.items) == 2 else UNKNOWN


def _unflatten_of(cls: Class) -> Value | None:
    if len(cls.registered) == 2:
        return cls.registered[1]
    found = cls.find("tree_unflatten")
    return None if found is None else Bound(cls, found[0])
