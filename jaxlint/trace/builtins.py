"""Python's built-in functions, and those of the standard library and JAX whose result follows from their arguments.

Each is a function `(tracer, frame, node, arguments) -> value`, by its dotted name. What can be said in a row of the
model is a row; here stands what computes with structure: `zip`, `enumerate`, `functools.partial`, `jax.tree.leaves`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from jaxlint.trace.binding import Arguments, Builtin
from jaxlint.trace.iteration import items_of
from jaxlint.trace.library_functions import LIBRARY_FUNCTIONS
from jaxlint.trace.observations import ConversionKind
from jaxlint.trace.operations import convert, range_bound
from jaxlint.trace.own_operators import length_of
from jaxlint.trace.reductions import REDUCTIONS
from jaxlint.trace.reflection import REFLECTION
from jaxlint.trace.sequences import SEQUENCES
from jaxlint.trace.text import text_of
from jaxlint.values import (
    HOST,
    HOST_BOOL,
    HOST_FLOAT,
    HOST_INT,
    UNKNOWN,
    Array,
    Const,
    Host,
    HostKind,
    Iterator,
    NumPyArray,
    Slice,
    Value,
    View,
)

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


# ------------------------------------------------------------------------------------------------ conversions


def _conversion(kind: ConversionKind, result: Value) -> Builtin:
    def convert_it(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
        value = arguments.first
        convert(t, frame, node, value, kind, kind.value)
        python = {ConversionKind.INT: int, ConversionKind.FLOAT: float, ConversionKind.BOOL: bool}.get(kind)
        if isinstance(value, Const) and python is not None and not isinstance(value.value, str | bytes):
            try:
                return Const(python(value.value))
            except (TypeError, ValueError, OverflowError):
                return result
        return result

    return convert_it


def _text(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    return text_of(arguments.positional[:1])


def _len(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = arguments.first
    own = length_of(t, frame, node, value)
    if own is not None:
        return own if isinstance(own, Const) else HOST_INT
    items = items_of(value) if not isinstance(value, Array | Iterator) else None
    if items is not None:
        return Const(len(items))
    if isinstance(value, Array | NumPyArray) and value.shape:
        return HOST_INT if value.shape[0] is None else Const(value.shape[0])
    return HOST_INT


def _range(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    for value in arguments.positional:
        range_bound(t, frame, node, value)
    numbers = [value.value for value in arguments.positional if isinstance(value, Const)]
    if len(numbers) == len(arguments.positional) and all(type(n) is int for n in numbers) and numbers:
        integers = [n for n in numbers if isinstance(n, int)]
        try:
            steps = range(*integers)
        except (TypeError, ValueError):
            return View(HOST_INT)
        if len(steps) <= t.budgets.unrolled:
            return View(HOST_INT, tuple(Const(n) for n in steps))
    return View(HOST_INT)


def _slice(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    match arguments.positional:
        case _ if not arguments.is_exact:
            return UNKNOWN
        case (upper,):
            return Slice(None, upper)
        case (lower, upper):
            return Slice(lower, upper)
        case (lower, upper, step):
            return Slice(lower, upper, step)
    return UNKNOWN


def _hash(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    convert(t, frame, node, arguments.first, ConversionKind.HASH, "hash")
    return HOST_INT


def _format(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) > 1 and arguments.positional[1] != Const(""):
        convert(t, frame, node, arguments.positional[0], ConversionKind.FORMAT, "format")
    return text_of(arguments.positional[:1])


def _answers(result: Value) -> Builtin:
    def constant(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, _arguments: Arguments) -> Value:
        return result

    return constant


_NAMES: dict[str, Builtin] = {
    **SEQUENCES,
    **REDUCTIONS,
    **REFLECTION,
    "int": _conversion(ConversionKind.INT, HOST_INT),
    "float": _conversion(ConversionKind.FLOAT, HOST_FLOAT),
    "bool": _conversion(ConversionKind.BOOL, HOST_BOOL),
    "complex": _conversion(ConversionKind.COMPLEX, Host(HostKind.COMPLEX)),
    "str": _text,
    "repr": _text,
    "ascii": _text,
    "len": _len,
    "range": _range,
    "slice": _slice,
    "hash": _hash,
    "format": _format,
    "issubclass": _answers(HOST_BOOL),
    "id": _answers(HOST_INT),
    "object": _answers(HOST),
}

BUILTINS: Mapping[str, Builtin] = MappingProxyType(
    {f"builtins.{name}": function for name, function in _NAMES.items()}
    | dict(LIBRARY_FUNCTIONS)
    | {"collections.OrderedDict": SEQUENCES["dict"]}
)
