"""Functions of `dataclasses`, whose result follows from the fields of an object."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from jaxlint.trace.binding import Arguments, Builtin
from jaxlint.values import (
    HOST,
    UNKNOWN,
    Class,
    Const,
    Dict,
    External,
    Fields,
    Instance,
    Tree,
    Tuple,
    TupleOf,
    Value,
    join,
)

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def _replace(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = arguments.first
    if not isinstance(value, Instance):
        return value if isinstance(value, Tree) else UNKNOWN
    fields = dict(value.fields)
    fields.update(arguments.keywords)
    if arguments.star_keywords is not None:
        fields = {name: join(field, arguments.star_keywords) for name, field in fields.items()}
    return Instance(value.cls, Fields(fields), value.exact, frame.context.depth)


def _items(arguments: Arguments) -> tuple[tuple[str, Value], ...] | None:
    """The declared fields of a dataclass's object, with their values; None where the object is not known.

    Fields that are objects become dicts and tuples in turn, which is not followed.
    """
    value = arguments.first
    if not isinstance(value, Instance) or not isinstance(value.cls, Class) or not value.cls.dataclass:
        return None
    held = {spec.name: value.fields.get(spec.name, UNKNOWN) for spec in value.cls.all_fields()}
    return tuple((name, UNKNOWN if isinstance(field, Instance) else field) for name, field in held.items())


def _asdict(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    items = _items(arguments)
    return UNKNOWN if items is None else Dict(items, None, frame.context.depth)


def _astuple(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    items = _items(arguments)
    return UNKNOWN if items is None else Tuple(tuple(value for _, value in items))


def _fields(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """Of each field the name is known."""
    value = arguments.first
    cls = value.cls if isinstance(value, Instance) else value
    if not isinstance(cls, Class) or not cls.dataclass or (isinstance(value, Instance) and not value.exact):
        return TupleOf(HOST)
    names = (Fields({"name": Const(spec.name)}) for spec in cls.all_fields())
    return Tuple(tuple(Instance(External("dataclasses.Field"), name, True) for name in names))


def _field(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    return arguments.keyword("default") or UNKNOWN


RECORDS: Mapping[str, Builtin] = MappingProxyType({
    "dataclasses.replace": _replace,
    "dataclasses.field": _field,
    "dataclasses.asdict": _asdict,
    "dataclasses.astuple": _astuple,
    "dataclasses.fields": _fields,
})
