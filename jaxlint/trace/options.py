"""Options of transformations: `static_argnums=(0, 1)`, `donate_argnames="state"`, and the parameters that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.model.schema import Caller
from jaxlint.values import UNKNOWN, Bound, Class, Const, Function, Instance, List, Partial, Transformed, Tuple, Value

if TYPE_CHECKING:
    from jaxlint.trace.tracer import Tracer


def integers(value: Value) -> set[int] | None:
    """The integers of an `argnums` option; None when they are not known."""
    items = value.items if isinstance(value, Tuple | List) else (value,)
    numbers: set[int] = set()
    for item in items or ():
        if not (isinstance(item, Const) and isinstance(item.value, int)):
            return None
        numbers.add(item.value)
    return numbers


def strings(value: Value) -> set[str] | None:
    """The names of an `argnames` option; None when they are not known."""
    items = value.items if isinstance(value, Tuple | List) else (value,)
    if items is None:
        return None
    texts: set[str] = set()
    for item in items:
        if not (isinstance(item, Const) and isinstance(item.value, str)):
            return None
        texts.add(item.value)
    return texts


def axes_of_mesh(transformed: Transformed) -> Value:
    """The names of the axes over which a `shard_map` goes: those of its mesh. With `axis_names` the mesh is not all that
    counts, and they are not known.
    """
    mesh = transformed.option("mesh")
    if transformed.option("axis_names") is not None or not isinstance(mesh, Instance):
        return UNKNOWN
    return mesh.fields.get("axis_names", UNKNOWN)


def signature(t: Tracer, function: Value) -> tuple[str, ...] | None:
    """The positional parameters of a callable, as its caller sees them; None when not known."""
    match function:
        case Function(wraps=Function() | Bound() | Partial() | Transformed() as wrapped):
            return signature(t, wrapped)
        case Function():
            return t.parameters(function.node).positional
        case Bound(function=inner):
            names = signature(t, inner)
            return None if names is None else names[1:]
        case Partial(function=inner, arguments=given):
            names = signature(t, inner)
            return None if names is None else names[len(given) :]
        case Transformed(transformation=Caller(own=own), function=inner):
            names = signature(t, inner)
            return None if names is None else (*own, *names)
        case Transformed(function=inner):
            return signature(t, inner)
        case Instance(cls=Class() as cls):
            method = cls.find("__call__")
            names = None if method is None else signature(t, method[0])
            return None if names is None else names[1:]
    return None
