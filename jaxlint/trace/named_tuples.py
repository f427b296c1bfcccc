"""Classes that a call makes: `collections.namedtuple("Pair", ["a", "b"])`, `typing.NamedTuple("Pair", [("a", int)])`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.binding import Arguments, Builtin
from jaxlint.trace.iteration import items_of
from jaxlint.values import UNKNOWN, Class, Const, PytreeKind, Value
from jaxlint.values.objects import FieldSpec

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def _namedtuple(_t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`namedtuple(typename, field_names, *, rename=False, defaults=None, module=None)`."""
    name, declared = arguments.get(0, "typename"), arguments.get(1, "field_names")
    defaults = arguments.keyword("defaults")
    given = () if defaults in (None, Const(None)) else items_of(defaults)
    match declared:
        case Const(str() as text):
            names: tuple[object, ...] = tuple(text.replace(",", " ").split())
        case _:
            names = _texts(None if declared is None else items_of(declared))
    if given is None or arguments.keyword("rename") is not None or not arguments.is_exact:
        return UNKNOWN
    without = len(names) - len(given)
    fields = [(field, None if index < without else given[index - without]) for index, field in enumerate(names)]
    return _made(frame, node, name, fields)


def _typed(_t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`NamedTuple(typename, [(name, type), …])`."""
    pairs = None if len(arguments.positional) != 2 else items_of(arguments.positional[1])
    firsts = [items[0] for pair in pairs or () if (items := items_of(pair))]
    names = _texts(tuple(firsts))
    return _made(frame, node, arguments.get(0, "typename"), [(field, None) for field in names])


def _texts(values: tuple[Value, ...] | None) -> tuple[object, ...]:
    return tuple(value.value if isinstance(value, Const) else None for value in values or ())


def _made(
    frame: Frame, node: nodes.NodeNG, name: Value | None, fields: list[tuple[object, Value | None]]
) -> Value:
    """A class with these fields and their defaults; its tree is one that no file has."""
    if not isinstance(name, Const) or not isinstance(name.value, str) or not fields:
        return UNKNOWN
    tree = nodes.ClassDef(
        name.value, node.lineno or 0, node.col_offset or 0, node, end_lineno=node.end_lineno, end_col_offset=None
    )
    cls = Class(name.value, tree, frame.module_name, (), frame)
    specs = [FieldSpec(field, None, default) for field, default in fields if isinstance(field, str)]
    if len(specs) < len(fields):
        return UNKNOWN
    cls.fields = tuple(specs)
    cls.pytree, cls.dataclass, cls.frozen = PytreeKind.NAMEDTUPLE, True, True
    return cls


CLASS_MAKERS: Mapping[str, Builtin] = MappingProxyType({
    "collections.namedtuple": _namedtuple,
    "typing.NamedTuple": _typed,
})
