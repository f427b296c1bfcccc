"""Calls of library functions, by their rows: what they do with arrays and keys, and what they return."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from jaxlint.model.avals import DtypeRule
from jaxlint.model.schema import (
    ArgumentResult,
    ArrayAttribute,
    ArrayListResult,
    ArrayResult,
    Attr,
    Effect,
    HostResult,
    KeyResult,
    KeyUse,
    Library,
    LikeResult,
    NumPyResult,
    ObjectResult,
    Operation,
    Reads,
    RefResult,
    Result,
    TreeResult,
    TupleResult,
)
from jaxlint.trace import buffers, demands, dtypes, keys, shapes, timing
from jaxlint.trace.avals import aval
from jaxlint.trace.events import Fate, await_all
from jaxlint.trace.indexing import indexed
from jaxlint.trace.observations import Conversion, ConversionKind, LibraryCall, MethodCall, Site
from jaxlint.trace.operations import convert, items_of, truth
from jaxlint.trace.outside import needs
from jaxlint.values import (
    HOST,
    NONE,
    UNKNOWN,
    Answer,
    Array,
    ArrayMethod,
    Const,
    External,
    Host,
    IndexUpdate,
    Instance,
    KeyKind,
    List,
    NumPyArray,
    Ref,
    Tracing,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Unknown,
    Value,
    alternatives,
    join_all,
)
from jaxlint.values.pytree import made_at, map_leaves, sure_leaves, tracer_in, tracing_of, worst

if TYPE_CHECKING:
    from collections.abc import Callable

    from astroid import nodes

    from jaxlint.trace.binding import Arguments
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer
    from jaxlint.values import Shape, TraceEntry

_CONVERSIONS = {
    Reads.AS_NUMPY: ConversionKind.NUMPY,
    Reads.AS_FLOAT: ConversionKind.FLOAT,
    Reads.AS_INT: ConversionKind.INT,
    Reads.AS_INDEX: ConversionKind.INDEX,
}


def call_operation(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    path: str,
    operation: Operation,
    arguments: Arguments,
    receiver: Value | None = None,
) -> Value:
    """A function that takes no function, or a method of an object of a library."""
    needs(t, frame, node, operation.within, path, receiver)
    refused = _read(t, frame, node, operation, arguments)
    result = _key_result(t, frame, node, operation, arguments)
    if result is None:
        result = UNKNOWN if refused else _result(t, frame, node, operation, arguments, receiver)
    t.observe(LibraryCall(node, frame, operation, path, arguments, result, receiver))
    _touch_buffers(t, frame, node, operation, arguments)
    demands.ask(frame, node, operation, arguments, receiver)
    if operation.effect is Effect.CLOCK:
        timing.tick(t, frame, node)
    return result


def _touch_buffers(
    t: Tracer, frame: Frame, node: nodes.NodeNG, operation: Operation, arguments: Arguments
) -> None:
    """Host memory that the function writes into or hands to JAX, and waiting for what was started."""
    for name in ("out", operation.writes):
        written = arguments.named(operation.parameters, name) if name else None
        if written is not None:
            buffers.write(t, frame, node, written)
    if operation.shares:
        for value in arguments.positional[:1]:
            buffers.hand_over(frame, node, value, Fate.SHARED)
    if operation.waits or (operation.effect is not None and any(isinstance(v, Array) for v in arguments.all_values())):
        await_all(frame, node)


def _read(t: Tracer, frame: Frame, node: nodes.NodeNG, operation: Operation, arguments: Arguments) -> bool:
    """What the function does with array arguments; True when a tracer among them is refused."""
    kind = _CONVERSIONS.get(operation.reads)
    if operation.effect is Effect.IO:
        return False  # that a file is written at all is what matters
    if kind is None and operation.reads is not Reads.AS_BOOL:
        return False
    read = arguments.all_values()
    if operation.reads_only:
        chosen = [arguments.named(operation.parameters, name) for name in operation.reads_only]
        read = iter([value for value in chosen if value is not None])
    refused = False
    for value in read:
        if operation.reads is Reads.AS_BOOL:
            for leaf in sure_leaves(value):
                truth(t, frame, node, leaf, Site.CALL, operation.path)
            continue
        assert kind is not None  # the other kinds returned above
        for leaf in sure_leaves(value):
            if isinstance(leaf, Array | Tree):
                convert(t, frame, node, leaf, kind, operation.path)
                refused = refused or tracing_of(leaf).is_tracer is Answer.YES
    return refused


# ------------------------------------------------------------------------------------------------ keys


def _key_result(
    t: Tracer, frame: Frame, node: nodes.NodeNG, operation: Operation, arguments: Arguments
) -> Value | None:
    key = _key_used(t, frame, node, operation, arguments)
    if not isinstance(operation.result, KeyResult):
        return None
    row = operation.result
    is_raw = row.raw or (isinstance(key, Array) and key.key is KeyKind.RAW)
    operands = worst(key) if key is not None else _operands(arguments)
    tracing = frame.context.result_of(operands.with_operand(frame.context.parameters) if row.held else operands)
    shape: Shape | None = ()
    if row.batch is not None:
        number = arguments.named(operation.parameters, row.batch)
        shape = (row.default_batch,) if number is None else shapes.shape_from(number)
    if is_raw and shape is not None:
        shape = (*shape, None)  # two words, or four, by the implementation
    others = [arguments.named(operation.parameters, name) for name in operation.parameters if name != "key"]
    constant = not row.held and all(isinstance(value, Const) for value in others) and (
        operation.key is None or (operation.key is KeyUse.FOLDS and _is_constant(key))
    )
    identity = keys.new_key(frame, node, constant)
    kind = KeyKind.RAW if is_raw else KeyKind.TYPED
    return Array(tracing, shape, None, False, kind, identity, _entry(frame, tracing))


def _key_used(
    t: Tracer, frame: Frame, node: nodes.NodeNG, operation: Operation, arguments: Arguments
) -> Value | None:
    """The key that a function is given, and what it does with it."""
    given = arguments.get(0, "key") if operation.key is not None else None
    if given is None:
        return None
    key = keys.identified(frame, given, _expression(node, arguments, "key"))
    match operation.key:
        case KeyUse.DRAWS:
            keys.consume(t, frame, node, key)
        case KeyUse.SPLITS:
            keys.consume(t, frame, node, key)
            number = arguments.get(1, "num")
            keys.split(t, frame, node, key, 2 if number is None else _integer(number))
        case KeyUse.FOLDS:
            keys.fold(t, frame, node, key, _integer(arguments.get(1, "data")))
    return key


def _expression(node: nodes.NodeNG, arguments: Arguments, keyword: str) -> nodes.NodeNG | None:
    """The expression of the first argument, where the call shows it."""
    if arguments.nodes:
        return arguments.nodes[0]
    given = [k.value for k in getattr(node, "keywords", ()) if k.arg == keyword]
    return given[0] if given and not arguments.positional else None


def _integer(value: Value | None) -> int | None:
    return value.value if isinstance(value, Const) and isinstance(value.value, int) else None


def _is_constant(key: Value | None) -> bool:
    return isinstance(key, Array) and key.key_id is not None and key.key_id.constant


def _entry(frame: Frame, tracing: Tracing) -> TraceEntry | None:
    return None if tracing is Tracing.CONCRETE else frame.context.entry


# ------------------------------------------------------------------------------------------------ results


def _operands(arguments: Arguments) -> Tracing:
    tracing = Tracing.CONCRETE
    for value in arguments.all_values():
        tracing = tracing.with_operand(_operand(value))
    return tracing


def _operand(value: Value) -> Tracing:
    """How abstract an argument makes the result; flags, shapes, dtypes, functions do not."""
    return worst(value)


def _why(frame: Frame, arguments: Arguments) -> TraceEntry | None:
    for value in arguments.all_values():
        found = tracer_in(value)
        if found is not None and found.why is not None:
            return found.why
    return frame.context.entry


def _result(
    t: Tracer, frame: Frame, node: nodes.NodeNG, operation: Operation, arguments: Arguments, receiver: Value | None
) -> Value:
    if operation.library is Library.NUMPY and operation.reads is Reads.METHOD:
        first = arguments.positional[0] if arguments.positional else None
        if isinstance(first, Array | Tree):
            return Array(frame.context.result_of(tracing_of(first)), why=first.why)
        if isinstance(first, Unknown | Union | Instance):
            return UNKNOWN  # whatever its method of that name gives
    if any(arguments.named(operation.parameters, name) not in (None, NONE) for name in operation.unless):
        return UNKNOWN
    row = operation.result
    if operation.only_with and all(arguments.named(operation.parameters, name) is None for name in operation.only_with):
        row = operation.otherwise
    if isinstance(row, ObjectResult):
        return Instance(t.external(row.cls), demands.contract(row, arguments), made=frame.context.depth, exact=True)
    result = of_result(frame, row, operation.parameters, arguments, receiver, operation.static)
    if operation.library is Library.NUMPY and isinstance(result, NumPyArray):
        shape = shapes.shape_from(arguments.get(0, "shape")) if operation.path in _FILLED_ON_HOST else None
        return NumPyArray(shape, _host_dtype(operation, arguments))
    return result


_FILLED_ON_HOST = frozenset({"numpy.zeros", "numpy.ones", "numpy.empty"})


def _host_dtype(operation: Operation, arguments: Arguments) -> str | None:
    """The dtype of a NumPy array that was made with `dtype=`, "object" among them; that of `zeros` without."""
    match arguments.named(operation.parameters, "dtype"):
        case None | Const(None):
            return "float64" if operation.path in _FILLED_ON_HOST else None
        case External(path):
            name = path.rsplit(".", 1)[-1].removesuffix("_")
            return {"float": "float64", "int": "int64"}.get(name, name)
        case Const(str() as name):
            return name
    return None


def of_result(
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
        operands = _operands(arguments)
        if receiver is not None:
            operands = operands.with_operand(worst(receiver))
        return frame.context.result_of(operands.with_operand(frame.context.parameters) if held else operands)

    match result:
        case ArrayResult(count, keeps=keeps, held=held):
            tracing = computed(held)
            if keeps and arguments.positional and isinstance(arguments.positional[0], Array | Unknown):
                tracing = tracing.join(tracing_of(arguments.positional[0]))
            shape, dtype, weak = aval(result, parameters, static, arguments)
            key = _kind_of_key(arguments) if result.typed is DtypeRule.CHOSEN else None
            array = Array(tracing, shape, dtype, weak, key, why=_why(frame, arguments))
            return array if count is None else Tuple((array,) * count)
        case TreeResult(held):
            return Tree(computed(held), _why(frame, arguments))
        case RefResult(held, collection):
            name = arguments.named(parameters, collection) if collection else None
            kept = name.value if isinstance(name, Const) and isinstance(name.value, str) else ""
            return Ref(Array(computed(held), why=_why(frame, arguments)), kept)
        case LikeResult(parameter, same):
            value = receiver if parameter == "self" else arguments.named(parameters, parameter)
            if value is None:
                value = arguments.positional[0] if arguments.positional else UNKNOWN
            return made_at(map_leaves(value, _like(frame, None if same else computed(held=False))), frame.context.depth)
        case TupleResult(items):
            return Tuple(tuple(of_result(frame, item, parameters, arguments, receiver, static) for item in items))
        case ArrayListResult(fixed):
            tracing = frame.context.result_of(_operands(arguments))
            if fixed:
                return TupleOf(Array(tracing, why=_why(frame, arguments)))
            return List(None, Array(tracing, why=_why(frame, arguments)), frame.context.depth)
        case NumPyResult(count):
            return NumPyArray() if count is None else Tuple((NumPyArray(),) * count)
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


def _like(frame: Frame, tracing: Tracing | None) -> Callable[[Value], Value]:
    """Arrays in the place of arrays, as they are or this abstract; what else there is, nobody knows."""

    def leaf(child: Value) -> Value:
        match child:
            case Array(shape=shape, dtype=dtype, why=why):
                return Array(child.tracing if tracing is None else tracing, shape, dtype, why=why or frame.context.entry)
            case Tree() if tracing is None:
                return child
            case Tree() | Unknown() if tracing is not None:
                return Tree(tracing, frame.context.entry)
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
            case Unknown():
                return Tree(Tracing.UNKNOWN)
        return Array(frame.context.made_here, why=frame.context.entry)

    return map_leaves(value, leaf)


# ------------------------------------------------------------------------------------------------ methods of arrays


def call_array_method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, method: ArrayMethod, arguments: Arguments
) -> Value:
    """`x.sum()`, `x.at[i].set(v)`, `x.item()`."""
    receiver = method.receiver
    if isinstance(receiver, IndexUpdate):
        result = _update(frame, receiver, method.name, arguments)
    else:
        result = _method_result(t, frame, node, receiver, method, arguments)
    meaning = method.meaning if isinstance(method.meaning, ArrayAttribute) else None
    t.observe(MethodCall(node, frame, receiver, method.name, meaning, arguments, result))
    return result


def _update(frame: Frame, update: IndexUpdate, name: str, arguments: Arguments) -> Value:
    array = update.array
    if isinstance(array, Ref):
        return NONE
    tracing = frame.context.result_of(tracing_of(array).with_operand(_operands(arguments)))
    if not isinstance(array, Array):
        return Array(tracing, why=_why(frame, arguments))
    shape, dtype = array.shape, array.dtype
    if name == "get":
        shape = None if update.index is None else indexed(shape, update.index)
    elif name == "divide":
        dtype = dtypes.inexact((dtype, None))[0]
    return Array(tracing, shape, dtype, why=array.why or _why(frame, arguments))


def _method_result(
    t: Tracer, frame: Frame, node: nodes.NodeNG, receiver: Value, method: ArrayMethod, arguments: Arguments
) -> Value:
    meaning = method.meaning
    if not isinstance(meaning, ArrayAttribute):
        return UNKNOWN
    if Attr.CONVERTS in meaning.flags or method.name == "block_until_ready":
        await_all(frame, node)
    if Attr.CONVERTS in meaning.flags:
        t.observe(Conversion(node, frame, receiver, ConversionKind.METHOD, method.name))
        if tracing_of(receiver).hides is Answer.YES:
            return UNKNOWN
        return of_result(frame, meaning.result, (), arguments)
    parameters = ("self", *meaning.parameters)
    result = of_result(frame, meaning.result, parameters, arguments.with_first(receiver), static=meaning.static)
    return dataclasses.replace(result, why=_why_of(receiver) or result.why) if isinstance(result, Array) else result


def _why_of(value: Value) -> TraceEntry | None:
    return value.why if isinstance(value, Array | Tree) else None


def members(value: Value) -> tuple[Value, ...]:
    """The items of an argument that is a sequence of arrays."""
    if isinstance(value, Union):
        return tuple(join_all(members(option)) for option in alternatives(value))
    items = items_of(value)
    return items if items is not None else ((value.element,) if isinstance(value, TupleOf) else (value,))
