"""Annotations: what they say of a parameter or field. That a value is an array, not that it is traced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import ClassKind
from jaxlint.trace.attributes import class_kind
from jaxlint.trace.frame import Frame
from jaxlint.values import (
    HOST_BOOL,
    HOST_STR,
    UNKNOWN,
    Array,
    Class,
    External,
    Fields,
    Function,
    Instance,
    PytreeKind,
    Tracing,
    Tree,
    Value,
    join,
)
from jaxlint.values.base import NONE, Unknown
from jaxlint.values.pytree import map_leaves

if TYPE_CHECKING:
    from jaxlint.trace.tracer import Tracer

_ARRAY_NAMES = frozenset({
    "jax.Array", "jax.numpy.ndarray", "jaxtyping.Float", "jaxtyping.Int", "jaxtyping.Bool", "jaxtyping.Complex",
    "jaxtyping.Num", "jaxtyping.Inexact", "jaxtyping.Real", "jaxtyping.Shaped", "jaxtyping.Integer", "jaxtyping.UInt",
})  # fmt: skip
"""Annotations that say: one array. `chex.Array` and `ArrayLike` allow NumPy and numbers, so they do not."""


def annotated(t: Tracer, frame: Frame, hint: nodes.NodeNG, tracing: Tracing, depth: int = 0) -> Value:
    """The value that an annotation describes, its arrays with this tracing; Unknown where it says nothing."""
    if depth > 4:
        return UNKNOWN
    match hint:
        case nodes.Const(value=None):
            return NONE
        case nodes.Const(value=str()):
            return UNKNOWN
        case nodes.BinOp(op="|", left=left, right=right):
            return join(annotated(t, frame, left, tracing, depth + 1), annotated(t, frame, right, tracing, depth + 1))
        case nodes.Subscript(value=base, slice=argument):
            named = t.evaluate(frame, base)
            if isinstance(named, External):
                if named.path in _ARRAY_NAMES:
                    return Array(tracing)
                if named.path == "typing.Optional":
                    return join(NONE, annotated(t, frame, argument, tracing, depth + 1))
            return _of_class(t, named, tracing, depth)
        case nodes.Name() | nodes.Attribute():
            named = t.evaluate(frame, hint)
            if isinstance(named, External):
                match named.path:
                    case "builtins.bool":
                        return HOST_BOOL
                    case "builtins.str":
                        return HOST_STR
                if named.path in _ARRAY_NAMES or class_kind(named) is ClassKind.ARRAY:
                    return Array(tracing)
            return _of_class(t, named, tracing, depth)
    return UNKNOWN


def _of_class(t: Tracer, named: Value, tracing: Tracing, depth: int) -> Value:
    if not isinstance(named, Class):
        return UNKNOWN
    if named.pytree not in (PytreeKind.FIELDS, PytreeKind.NAMEDTUPLE):
        return t_instance(t, named)
    fields: dict[str, Value] = {}
    environment = named.environment
    for spec in named.all_fields():
        if spec.annotation is None or not isinstance(environment, Frame):
            continue
        value = annotated(t, environment, spec.annotation, tracing, depth + 1)
        if value is UNKNOWN:
            value = UNKNOWN if spec.static else Tree(tracing)
        fields[spec.name] = value
    return Instance(named, Fields(fields), exact=False, made=None)


def t_instance(t: Tracer, cls: Class) -> Value:
    """An object of a class of the project, as its own constructor makes it."""
    from jaxlint.trace.classes import instance_of_class  # which knows calls, and these know annotations

    return instance_of_class(t, cls)


def refined(t: Tracer, function: Function, hint: nodes.NodeNG, value: Tree | Unknown) -> Value:
    """A parameter's value that says little, made more precise by its annotation."""
    closure = function.closure
    if not isinstance(closure, Frame):
        return value
    tracing = value.tracing if isinstance(value, Tree) else Tracing.UNKNOWN
    described = annotated(t, closure, hint, tracing)
    if described is UNKNOWN:
        return value
    if isinstance(value, Tree):
        return _traced(described, value)
    return described


def _traced(described: Value, tree: Tree) -> Value:
    """What JAX hands to a parameter with this annotation: numbers and flags arrive as tracers."""
    match described:
        case Array(tracing, shape, dtype):
            return Array(tracing, shape, dtype, why=tree.why)
        case Instance(cls=Class(pytree=PytreeKind.FIELDS | PytreeKind.NAMEDTUPLE)):
            return map_leaves(described, lambda leaf: _with_why(leaf, tree))
    return tree


def _with_why(leaf: Value, tree: Tree) -> Value:
    match leaf:
        case Array(tracing, shape, dtype):
            return Array(tracing, shape, dtype, why=tree.why)
        case Instance():
            return UNKNOWN
        case _:
            return tree
