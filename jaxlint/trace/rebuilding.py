"""Classes registered with functions of their own: JAX takes their objects apart and puts them together with tracers.

`tree_unflatten` runs under the trace, and with it the `__init__` that it calls.
https://docs.jax.dev/en/latest/custom_pytrees.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace.binding import Arguments
from jaxlint.values import UNKNOWN, Bound, Class, Instance, PytreeKind, Tuple, Value

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
    cls = value.cls
    flatten, unflatten = cls.find("tree_flatten"), cls.find("tree_unflatten")
    if flatten is None or unflatten is None:
        return entered
    parts = t.call(frame, node, Bound(value, flatten[0]), Arguments())
    children, aux = parts.items if isinstance(parts, Tuple) and len(parts.items) == 2 else (UNKNOWN, UNKNOWN)
    outer, frame.context = frame.context, context
    try:
        made = t.call(frame, node, Bound(cls, unflatten[0]), Arguments((aux, enter(children))))
    finally:
        frame.context = outer
    if not isinstance(made, Instance):
        return entered
    return replace(made, made=context.depth, rebuilt=True)
