"""Classes registered with functions of their own: JAX takes their objects apart and puts them together with tracers.

`tree_unflatten` runs under the trace, and with it the `__init__` that it calls.
https://docs.jax.dev/en/latest/custom_pytrees.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace.binding import Arguments
from jaxlint.values import UNKNOWN, Bound, Class, Instance, List, PytreeKind, Tuple, Value

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
    if entered is value or not isinstance(value, Instance) or not isinstance(value.cls, Class):
        return entered
    if value.cls.pytree is not PytreeKind.CUSTOM:
        return entered
    unflatten = _unflatten_of(value.cls)
    parts = taken_apart(t, frame, node, value)
    if unflatten is None or parts is None:
        return entered
    children, aux = parts.items if isinstance(parts, Tuple) and len(parts.items) == 2 else (UNKNOWN, UNKNOWN)
    outer, frame.context = frame.context, context
    try:
        made = t.call(frame, node, unflatten, Arguments((aux, enter(children))))
    finally:
        frame.context = outer
    if not isinstance(made, Instance):
        return entered
    return replace(made, made=context.depth, rebuilt=True)


def taken_apart(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value) -> Value | None:
    """What the function that takes such an object apart gives: children and the rest; None for other values."""
    if not isinstance(value, Instance) or not isinstance(value.cls, Class) or value.cls.pytree is not PytreeKind.CUSTOM:
        return None
    if value.cls.registered:
        return t.call(frame, node, value.cls.registered[0], Arguments((value,)))
    plain, with_keys = value.cls.find("tree_flatten"), value.cls.find("tree_flatten_with_keys")
    if plain is not None:
        return t.call(frame, node, Bound(value, plain[0]), Arguments())
    if with_keys is None:
        return None
    parts = t.call(frame, node, Bound(value, with_keys[0]), Arguments())
    match parts:
        case Tuple((Tuple(pairs) | List(items=tuple(pairs)), aux)):
            return Tuple((Tuple(tuple(_without_key(pair) for pair in pairs)), aux))
    return Tuple((UNKNOWN, UNKNOWN))


def _without_key(pair: Value) -> Value:
    return pair.items[1] if isinstance(pair, Tuple) and len(pair.items) == 2 else UNKNOWN


def _unflatten_of(cls: Class) -> Value | None:
    if len(cls.registered) == 2:
        return cls.registered[1]
    found = cls.find("tree_unflatten")
    return None if found is None else Bound(cls, found[0])
