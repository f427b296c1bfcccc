"""Annotations: what they say of a parameter or field. That a value is an array, not that it is traced."""

from __future__ import annotations

from dataclasses import replace
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
    Filtered,
    Function,
    Instance,
    PytreeKind,
    Tracing,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Value,
    join,
    join_all,
)
from jaxlint.values.base import NEVER, NONE, Unknown
from jaxlint.values.pytree import map_leaves

if TYPE_CHECKING:
    from jaxlint.trace.tracer import Tracer

_ARRAY_NAMES = frozenset({"jax.Array", "jax.numpy.ndarray", "jaxtyping.Array", "jaxtyping.PRNGKeyArray", "jaxtyping.Scalar"})
"""Annotations that say: one array. `chex.Array` and `ArrayLike` allow NumPy and numbers, so they do not."""

_TYPED = frozenset(
    f"jaxtyping.{name}"
    for name in ("Float", "Int", "Bool", "Complex", "Num", "Inexact", "Real", "Shaped", "Integer", "UInt", "Key")
)
"""Of jaxtyping: `Float[Array, "n"]` is one array, `Float[ArrayLike, "n"]` may be a number as well."""

_WRAPPED = frozenset(
    {"typing.Optional", "typing.Annotated", "typing.ClassVar", "typing.Final"}
    | {f"equinox.{place}{name}" for place in ("", "internal.") for name in ("AbstractVar", "AbstractClassVar")}
)
"""Annotations about what their first argument says; `Optional` adds None."""

_CONTAINERS = frozenset({"builtins.tuple", "typing.Tuple"})


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
            if not isinstance(named, External):
                return _of_class(t, named, tracing, depth)
            return _parametrized(t, frame, named.path, argument, tracing, depth)
        case nodes.Name() | nodes.Attribute():
            named = t.evaluate(frame, hint)
            if isinstance(named, External):
                match named.path:
                    case "builtins.bool":
                        return HOST_BOOL
                    case "builtins.str":
                        return HOST_STR
                if named.path in _ARRAY_NAMES or named.path in _TYPED or class_kind(named) is ClassKind.ARRAY:
                    return Array(tracing)
            return _of_class(t, named, tracing, depth)
    return UNKNOWN


def _parametrized(
    t: Tracer, frame: Frame, path: str, argument: nodes.NodeNG, tracing: Tracing, depth: int
) -> Value:
    """What `path[argument]` says."""
    arguments = argument.elts if isinstance(argument, nodes.Tuple) else [argument]
    if path in _CONTAINERS:
        match arguments:
            case [item, nodes.Const(value=value)] if value is Ellipsis:
                return TupleOf(annotated(t, frame, item, tracing, depth + 1))
        return Tuple(tuple(annotated(t, frame, item, tracing, depth + 1) for item in arguments))
    if path in _WRAPPED:
        inside = annotated(t, frame, arguments[0], tracing, depth + 1) if arguments else UNKNOWN
        return join(NONE, inside) if path == "typing.Optional" else inside
    if path in _TYPED or path == "jaxtyping.PyTree":
        inside = annotated(t, frame, arguments[0], tracing, depth + 1) if arguments else UNKNOWN
        if isinstance(inside, Array):
            return Tree(tracing) if path == "jaxtyping.PyTree" else inside
    return UNKNOWN


def _of_class(t: Tracer, named: Value, tracing: Tracing, depth: int) -> Value:
    if not isinstance(named, Class):
        return UNKNOWN
    if named.pytree not in (PytreeKind.FIELDS, PytreeKind.NAMEDTUPLE):
        return t_instance(t, named)
    fields = {
        name: Tree(tracing) if value is UNKNOWN and name in named.dynamic_fields else value
        for name, value in declared(t, named, tracing, depth).items()
    }
    return Instance(named, Fields(fields), exact=False, made=None)


def declared(t: Tracer, cls: Class, tracing: Tracing, depth: int = 0) -> dict[str, Value]:
    """What the annotations in a class say of the fields of its objects."""
    environment = cls.environment
    if not isinstance(environment, Frame):
        return {}
    return {
        spec.name: annotated(t, environment, spec.annotation, tracing, depth + 1)
        for spec in cls.all_fields()
        if spec.annotation is not None
    }


def fitting(t: Tracer, function: Function, hint: nodes.NodeNG, value: Union) -> Value:
    """Of several values those that may be given to a parameter with this annotation: not objects of unlike classes."""
    base = hint.value if isinstance(hint, nodes.Subscript) else hint
    if not isinstance(base, nodes.Name | nodes.Attribute) or not isinstance(function.closure, Frame):
        return value
    cls = t.evaluate(function.closure, base)
    if not isinstance(cls, Class):
        return value
    chosen = join_all(option for option in value.options if _fits(option, cls))
    return value if chosen is NEVER else chosen


def _fits(value: Value, cls: Class) -> bool:
    if not isinstance(value, Instance) or not isinstance(value.cls, Class):
        return True
    return cls in value.cls.mro or value.cls in cls.mro


def t_instance(t: Tracer, cls: Class) -> Value:
    """An object of a class of the project, as its own constructor makes it."""
    from jaxlint.trace.classes import instance_of_class  # which knows calls, and these know annotations

    return instance_of_class(t, cls)


def refined(t: Tracer, function: Function, hint: nodes.NodeNG, value: Tree | Unknown) -> Value:
    """A parameter's value that says little, made more precise by its annotation."""
    closure = function.closure
    if not isinstance(closure, Frame):
        return value
    described = annotated(t, closure, hint, _tracing_of(value))
    if described is UNKNOWN:
        return value
    return _traced(described, value) if isinstance(value, Tree | Filtered) else described


def refined_to(t: Tracer, cls: Class, value: Value) -> Value:
    """A value that is known to be of a class, and says less."""
    if isinstance(value, Instance) and isinstance(value.cls, Class) and cls in value.cls.mro:
        return value
    described = _of_class(t, cls, _tracing_of(value), 0)
    return _traced(described, value) if isinstance(value, Tree | Filtered) else described


def _tracing_of(value: Value) -> Tracing:
    if isinstance(value, Filtered):
        return Tracing.HIDDEN
    return value.tracing if isinstance(value, Tree) else Tracing.UNKNOWN


def _traced(described: Value, given: Tree | Filtered) -> Value:
    """What JAX hands to a parameter with this annotation: of a tree, numbers and flags arrive as tracers."""
    match described:
        case Array(tracing, shape, dtype):
            return Array(tracing, shape, dtype, why=given.why)
        case Instance(cls=Class(pytree=PytreeKind.FIELDS | PytreeKind.NAMEDTUPLE)):
            return map_leaves(described, lambda leaf: _with_why(leaf, given))
    return given


def _with_why(leaf: Value, given: Tree | Filtered) -> Value:
    match leaf:
        case Array(tracing, shape, dtype):
            return Array(tracing, shape, dtype, why=given.why)
        case Instance():
            return UNKNOWN
    return replace(given, filled=False) if isinstance(given, Filtered) else given
