"""Calls of library functions, by their rows: what they do with arrays and keys, and what they return."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import (
    Effect,
    KeyResult,
    KeyUse,
    Library,
    Operation,
    Reads,
    Result,
    UnknownResult,
    VaryingResult,
)
from jaxlint.trace import buffers, demands, host_arrays, keys, shapes, timing
from jaxlint.trace.dependence import of_call
from jaxlint.trace.events import Fate, await_all, start
from jaxlint.trace.observations import ConversionKind, LibraryCall, Site
from jaxlint.trace.operations import convert
from jaxlint.trace.outside import needs
from jaxlint.trace.results import of_result, operand_tracing
from jaxlint.trace.scope import keyword_of
from jaxlint.trace.truth import truth
from jaxlint.values import (
    NONE,
    UNKNOWN,
    Answer,
    Array,
    Const,
    Instance,
    KeyKind,
    NumPyArray,
    Tracing,
    Tree,
    Union,
    Unknown,
    Value,
)
from jaxlint.values.provenance import entries
from jaxlint.values.pytree import sure_leaves, tracing_of, worst

if TYPE_CHECKING:
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
    if operation.library is Library.JAX and isinstance(result, Array) and frame.context.staging is not Answer.YES:
        start(frame, node)
    if operation.reads is Reads.NOTHING:
        t.heedless.add(node)
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
    operands = worst(key) if key is not None else operand_tracing(arguments)
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
    return Array(tracing, shape, None, False, kind, identity, _entry(frame, tracing, key))


def _key_used(
    t: Tracer, frame: Frame, node: nodes.NodeNG, operation: Operation, arguments: Arguments
) -> Value | None:
    """The key that a function is given, and what it does with it."""
    given = arguments.get(0, operation.key_parameter) if operation.key is not None else None
    if given is None:
        return None
    key = keys.identified(frame, given, _expression(node, arguments, operation.key_parameter))
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
    return None if arguments.positional else keyword_of(node, keyword)


def _integer(value: Value | None) -> int | None:
    return value.value if isinstance(value, Const) and isinstance(value.value, int) else None


def _is_constant(key: Value | None) -> bool:
    return isinstance(key, Array) and key.key_id is not None and key.key_id.constant


def _entry(frame: Frame, tracing: Tracing, key: Value | None) -> TraceEntry | None:
    """The trace that a new key is of: that of the key it comes from, or a deeper one that stages out all that is made.

    Under `grad` alone a key of the code around stays one of the code around.
    """
    if tracing is Tracing.CONCRETE:
        return None
    around = frame.context.entry
    given = key.why if isinstance(key, Array | Tree) else None
    staged = next((entry for entry in entries(around) if entry.stages), None)
    if given is None or staged is None:
        return given or staged or around
    return max(given, staged, key=lambda entry: entry.depth)


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
    if isinstance(row, VaryingResult):
        row = _fitting(row, node)
    result = of_result(t, frame, row, operation.parameters, arguments, receiver, operation.static)
    if isinstance(result, Array) and operation.library is Library.JAX:
        of = of_call(node, operation.path, arguments)
        return result if of == result.of else replace(result, of=of)
    if operation.library is Library.NUMPY and isinstance(result, NumPyArray):
        return host_arrays.made(operation, arguments)
    return result


def _fitting(row: VaryingResult, node: nodes.NodeNG) -> Result:
    """That of the results which what the call is unpacked into fits."""
    match node.parent:
        case nodes.Assign(targets=[nodes.Tuple(elts=targets)]):
            return next((option for option in row.options if len(option.items) == len(targets)), UnknownResult())
    return UnknownResult()
