"""Methods of arrays: `x.sum()`, `x.at[i].set(v)`, `x.item()`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from jaxlint.model.schema import ArrayAttribute, Attr
from jaxlint.trace import dtypes
from jaxlint.trace.dependence import of_method
from jaxlint.trace.events import await_all
from jaxlint.trace.indexing import indexed
from jaxlint.trace.observations import Conversion, ConversionKind, MethodCall
from jaxlint.trace.results import of_result, operand_tracing, why_of
from jaxlint.values import NONE, UNKNOWN, Answer, Array, ArrayMethod, IndexUpdate, Ref, Tracing, Tree, Value
from jaxlint.values.pytree import reason, tracing_of

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.binding import Arguments
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


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
    tracing = frame.context.result_of(tracing_of(array).with_operand(operand_tracing(arguments)))
    if not isinstance(array, Array):
        return Array(tracing, why=why_of(frame, arguments))
    shape, dtype = array.shape, array.dtype
    if name == "get":
        shape = None if update.index is None else indexed(shape, update.index)
    elif name == "divide":
        dtype = dtypes.inexact((dtype, None))[0]
    return Array(tracing, shape, dtype, why=array.why or why_of(frame, arguments))


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
        return of_result(t, frame, meaning.result, (), arguments)
    parameters = ("self", *meaning.parameters)
    result = of_result(t, frame, meaning.result, parameters, arguments.with_first(receiver), static=meaning.static)
    if not isinstance(result, Array):
        return result
    if isinstance(receiver, Tree) and tracing_of(receiver) is Tracing.UNKNOWN:
        return Tree(Tracing.UNKNOWN, receiver.why)  # it may be an array of NumPy's, whose methods make such
    return dataclasses.replace(result, why=reason(receiver) or result.why, of=of_method(method.name, receiver))
