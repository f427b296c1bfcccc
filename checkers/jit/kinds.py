"""Which Python objects JAX takes for data, and which it does not."""

from __future__ import annotations

from jaxlint.model.schema import ArrayAttribute, ClassKind, Hiding, Leaves, Loop, Operation, Staging, Wrapper
from jaxlint.trace.attributes import class_kind
from jaxlint.values import (
    Array,
    ArrayMethod,
    Bound,
    Class,
    Const,
    Dict,
    External,
    Function,
    Host,
    HostKind,
    Instance,
    Iterator,
    List,
    NumPyArray,
    Partial,
    PytreeKind,
    Set,
    Transformed,
    Tuple,
    Value,
    View,
)
from jaxlint.values.objects import is_record
from jaxlint.values.pytree import dynamic_fields

_DEPTH = 4
"""How deep containers are searched; what a user passes nests no further."""


def builds_program(row: object) -> bool:
    """Whether a transformation makes a program of the whole function, so that all that goes in and out must be arrays."""
    return (
        isinstance(row, Wrapper)
        and row.hiding is Hiding.HIDDEN
        and row.staging is Staging.YES
        and row.leaves is Leaves.ALL
        and row.caches
        and not row.contract
        and not row.lifts
        and not row.updates
    )


def no_array(value: Value, depth: int = 0, *, iterators: bool = False) -> str | None:
    """What surely stands in a value that is no array and no pytree of arrays, in words; None where nothing does.

    `iterators` are told as well on request: where they go in, another rule does. The views of dicts are left out, since
    `x.values()` may be a method of a pytree class.
    """
    if depth > _DEPTH:
        return None
    match value:
        case Const(str() | bytes()) | Host(HostKind.STR | HostKind.BYTES):
            return "a text"
        case Host(HostKind.DTYPE):
            return "a dtype"
        case Set():
            return "a set"
        case Iterator() if iterators:
            return "an iterator"
        case View(element=Host(HostKind.INT)) if iterators:
            return "a range"
        case Class():
            return f"the class {value.name}"
        case Partial(pytree=True, arguments=given, keywords=named):
            inside = (*given, *(item for _, item in named))
            return next(filter(None, (no_array(item, depth + 1, iterators=iterators) for item in inside)), None)
        case Function() | Bound() | Partial() | Transformed() | ArrayMethod(receiver=Array(), meaning=ArrayAttribute()):
            return "a function"
        case External(meaning=Operation() | Wrapper() | Loop()):
            return "a function"
        case Instance(cls=Class() as cls) if is_plain(cls):
            return f"a {cls.name}"
        case Tuple(items) | List(items=tuple(items)):
            return next(filter(None, (no_array(item, depth + 1, iterators=iterators) for item in items)), None)
        case Dict(items):
            return next(filter(None, (no_array(item, depth + 1, iterators=iterators) for _, item in items)), None)
        case Instance(fields=fields) if is_record(value) and not _is_of_a_framework(value):
            children = (field for name, field in fields.items() if name in dynamic_fields(value))
            return next(filter(None, (no_array(child, depth + 1, iterators=iterators) for child in children)), None)
    return None


def _is_of_a_framework(value: Instance) -> bool:
    """Whether the class derives from one of a framework, which has a rule of its own for what it holds."""
    bases = value.cls.mro if isinstance(value.cls, Class) else (value.cls,)
    return any(class_kind(base) is ClassKind.PYTREE_BASE for base in bases)


_NUMBERS = frozenset({"builtins.int", "builtins.float", "builtins.complex", "enum.IntEnum", "enum.IntFlag"})
"""Bases of classes whose objects JAX takes for the numbers that they are."""


def is_plain(cls: Class) -> bool:
    """Whether neither a class nor one derived from it is a pytree, converts itself to an array or is a number."""
    return (
        cls.pytree is PytreeKind.LEAF
        and not any(isinstance(base, External) and base.path in _NUMBERS for base in cls.mro)
        and cls.find("__jax_array__") is None
        and cls.find("tree_flatten") is None
        and all(map(is_plain, cls.subclasses))
    )


def unhashable(value: Value, depth: int = 0) -> str | None:
    """What surely stands in a value that cannot be hashed, in words; None where nothing does."""
    if depth > _DEPTH:
        return None
    match value:
        case List():
            return "a list"
        case Dict():
            return "a dict"
        case Array():
            return "an array"
        case NumPyArray(shape=tuple(shape)) if shape:
            return "a NumPy array"
        case Instance(cls=Class(is_unhashable=True) as cls):
            return f"a {cls.name}, which has equality of its own and no hash,"
        case Tuple(items):
            return next(filter(None, (unhashable(item, depth + 1) for item in items)), None)
    return None
