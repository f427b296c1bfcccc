"""Classes registered with functions of their own: JAX takes their objects apart and puts them together with tracers.

`tree_unflatten` runs under the trace, and with it the `__init__` that it calls.
https://docs.jax.dev/en/latest/custom_pytrees.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace.binding import Arguments
from jaxlint.values import UNKNOWN, Bound, Class, Instance, PytreeKind, Tuple, Value
from jaxlint.values.immutable import immutable

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
    if not isinstance(value, Instance) or not isinstance(value.cls, Class):
        return None
    flatten = value.cls.find("tree_flatten") if value.cls.pytree is PytreeKind.CUSTOM else None
    if flatten is None or value.cls.find("tree_unflatten") is None:
        return None
    parts = t.call(frame, node, Bound(value, flatten[0]), Arguments())
    children, aux = parts.items if isinstance(parts, Tuple) and len(parts.items) == 2 else (UNKNOWN, UNKNOWN)
    return Apart(value.cls, children, aux)


def put_together(t: Tracer, frame: Frame, node: nodes.NodeNG, apart: Apart) -> Instance | None:
    """What `tree_unflatten` makes of the parts."""
    unflatten = apart.cls.find("tree_unflatten")
    assert unflatten is not None  # it was asked for before it was taken apart
    made = t.call(frame, node, Bound(apart.cls, unflatten[0]), Arguments((apart.aux, apart.children)))
    return made if isinstance(made, Instance) else None
