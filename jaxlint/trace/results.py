"""What the result of a library function is, as its row describes it, for these arguments."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from jaxlint.model.avals import DtypeRule
from jaxlint.model.schema import (
    ArgumentResult,
    ArrayListResult,
    ArrayResult,
    HostResult,
    InitialisingResult,
    LibraryClass,
    LikeResult,
    NumPyResult,
    ObjectResult,
    RecordResult,
    RefResult,
    Result,
    StateResult,
    TreeResult,
    TupleResult,
)
from jaxlint.trace import demands
from jaxlint.trace.avals import aval
from jaxlint.values import (
    HOST,
    HOST_BOOL,
    NONE,
    UNKNOWN,
    Array,
    Const,
    Dict,
    External,
    Fields,
    Filtered,
    Host,
    Instance,
    KeyKind,
    List,
    NumPyArray,
    Ref,
    Tracing,
    Tree,
    Tuple,
    TupleOf,
    Unknown,
    Value,
)
from jaxlint.values.pytree import made_at, map_leaves, tracer_in, tracing_of, worst

if TYPE_CHECKING:
    from collections.abc import Callable

    from jaxlint.trace.binding import Arguments
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer
    from jaxlint.values import TraceEntry


def operand_tracing(arguments: Arguments, parameters: tuple[str, ...] = (), static: tuple[str, ...] = ()) -> Tracing:
    """How abstract the most abstract argument is, those left out that can only be Python values: shapes, dtypes."""
    tracing = Tracing.CONCRETE
    for index, value in enumerate(arguments.positional):
        if not (static and index < len(parameters) and parameters[index] in static):
            tracing = tracing.with_operand(worst(value))
    for name, value in arguments.keywords:
        if name != "dtype" and name not in static:
            tracing = tracing.with_operand(worst(value))
    for rest in (arguments.star, arguments.star_keywords):
        if rest is not None:
            tracing = tracing.with_operand(worst(rest))
    return tracing


def why_of(frame: Frame, arguments: Arguments) -> TraceEntry | None:
    """Why one of the arguments is traced; else the trace around."""
    for value in arguments.all_values():
        found = tracer_in(value)
        if found is not None and found.why is not None:
            return found.why
    return frame.context.maker


def of_result(
    t: Tracer,
    frame: Frame,
    result: Result,
    parameters: tuple[str, ...],
    arguments: Arguments,
    receiver: Value | None = None,
    static: tuple[str, ...] = (),
) -> Value:
    """The value that a row's result describes, for these arguments; `receiver` is the object whose method it is.

    `static` are the parameters that are no operands.
    """

    def computed(held: bool) -> Tracing:
        operands = operand_tracing(arguments, parameters, static)
        if receiver is not None:
            operands = operands.with_operand(worst(receiver))
        return frame.context.result_of(operands.with_operand(frame.context.parameters) if held else operands)

    match result:
        case ArrayResult(count, keeps=keeps, held=held):
            tracing = frame.context.result_of(Tracing.UNKNOWN) if result.merges else computed(held)
            first = arguments.positional[0] if arguments.positional else None
            if keeps and isinstance(first, Array | Unknown) and not isinstance(first, Filtered):
                tracing = tracing.join(tracing_of(first))
            shape, dtype, weak = aval(result, parameters, static, arguments)
            key = _kind_of_key(arguments) if result.typed is DtypeRule.CHOSEN else None
            array = Array(tracing, shape, dtype, weak, key, why=why_of(frame, arguments))
            return array if count is None else Tuple((array,) * count)
        case TreeResult(held):
            return Tree(computed(held), why_of(frame, arguments))
        case StateResult():
            state = Tree(computed(held=False), why_of(frame, arguments))
            return TupleOf(state) if demands.keeps_tuple(receiver) else state
        case RefResult(held, collection):
            name = arguments.named(parameters, collection) if collection else None
            kept = name.value if isinstance(name, Const) and isinstance(name.value, str) else ""
            return Ref(Array(computed(held), why=why_of(frame, arguments)), kept)
        case LikeResult(parameter, same, partly):
            value = receiver if parameter == "self" else arguments.named(parameters, parameter)
            if value is None:
                value = arguments.positional[0] if arguments.positional else UNKNOWN
            if result.any_of and value is UNKNOWN:
                value = next((other for other in arguments.positional if other is not UNKNOWN), UNKNOWN)
            leaf = _like(frame, None if same else computed(held=False), partly)
            return made_at(map_leaves(value, leaf), frame.context.depth)
        case ObjectResult(cls):
            return Instance(t.external(cls), demands.contract(result, arguments), made=frame.context.depth, exact=True)
        case RecordResult():
            return _record(t.external(result.cls), result, computed(result.held), frame, arguments)
        case TupleResult(items):
            return Tuple(tuple(of_result(t, frame, item, parameters, arguments, receiver, static) for item in items))
        case ArrayListResult(fixed):
            tracing = frame.context.result_of(operand_tracing(arguments))
            if fixed:
                return TupleOf(Array(tracing, why=why_of(frame, arguments)))
            return List(None, Array(tracing, why=why_of(frame, arguments)), frame.context.depth)
        case NumPyResult(count):
            return NumPyArray() if count is None else Tuple((NumPyArray(),) * count)
        case InitialisingResult():
            known = frame.context.framed is not None
            return Const(frame.context.initialising) if known else HOST_BOOL
        case HostResult(None):
            return NONE
        case HostResult(kind):
            return HOST if kind is None else Host(kind)
        case ArgumentResult(parameter, arrays):
            value = arguments.named(parameters, parameter)
            if value is None:
                value = arguments.positional[0] if arguments.positional else UNKNOWN
            return _as_arrays(frame, value) if arrays else value
    return UNKNOWN


def _record(
    cls: Value, row: RecordResult, tracing: Tracing, frame: Frame, arguments: Arguments
) -> Value:
    """An object whose fields are arrays, trees of arrays, or dicts of whatever there is."""
    if not isinstance(cls, External) or not isinstance(cls.meaning, LibraryClass):
        return UNKNOWN  # the library is the project itself
    why = why_of(frame, arguments)
    array, tree = Array(tracing, why=why), Tree(tracing, why)
    kinds: tuple[tuple[tuple[str, ...], Value], ...] = (
        (row.arrays, array),
        (row.trees, tree),
        (row.dicts, Dict((), UNKNOWN, frame.context.depth)),
    )
    fields = {name: next((value for names, value in kinds if name in names), UNKNOWN) for name, _ in cls.meaning.declared()}
    return Instance(cls, Fields(fields), made=frame.context.depth, exact=True)


def _like(frame: Frame, tracing: Tracing | None, partly: bool) -> Callable[[Value], Value]:
    """Arrays in the place of arrays, as they are or this abstract, or either; what else there is, nobody knows."""

    def abstract(child: Array | Tree) -> Tracing:
        if tracing is None:
            return child.tracing
        return child.tracing.join(tracing) if partly else tracing

    def leaf(child: Value) -> Value:
        match child:
            case Array(shape=shape, dtype=dtype, why=why):
                return Array(abstract(child), shape, dtype, why=why or frame.context.maker)
            case Filtered() if tracing is None:
                return child
            case Tree() if tracing is None and partly:
                return Filtered(child.why, child.filled) if child.tracing is Tracing.HIDDEN else UNKNOWN
            case Tree() if tracing is None:
                return child
            case Tree():
                return Tree(abstract(child), frame.context.maker, filled=child.filled)
            case Unknown() if tracing is not None and not partly:
                return Tree(tracing, frame.context.maker)
        return UNKNOWN

    return leaf


def _kind_of_key(arguments: Arguments) -> KeyKind | None:
    """The sort of keys that are chosen from."""
    return next((value.key for value in arguments.positional if isinstance(value, Array) and value.key is not None), None)


def _as_arrays(frame: Frame, value: Value) -> Value:
    def leaf(child: Value) -> Value:
        match child:
            case Array():
                return dataclasses.replace(child, buffer=None)
            case Tree():
                return child
            case Filtered(why, filled):
                return Tree(frame.context.made_here, why, filled=filled)
            case Unknown():
                return Tree(Tracing.UNKNOWN)
        return Array(frame.context.made_here, why=frame.context.maker)

    return map_leaves(value, leaf)
