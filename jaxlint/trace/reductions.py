"""Built-in functions that fold a sequence, and arithmetic by name: `any`, `max`, `sum`, `abs`, `divmod`, `pow`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from jaxlint.trace.arithmetic import binary
from jaxlint.trace.binding import Arguments, Builtin
from jaxlint.trace.iteration import items_of, iterate
from jaxlint.trace.observations import Site
from jaxlint.trace.truth import truth
from jaxlint.values import (
    HOST,
    HOST_BOOL,
    HOST_INT,
    UNKNOWN,
    Answer,
    Array,
    Const,
    Host,
    List,
    NumPyArray,
    Tree,
    Tuple,
    Value,
    alternatives,
    join,
    join_all,
)
from jaxlint.values.pytree import tracing_of

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def _any_all(name: str) -> Builtin:
    def asks(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
        value = arguments.first
        stops = Answer.YES if name == "any" else Answer.NO
        items = items_of(value)
        if items is None:
            truth(t, frame, node, iterate(t, frame, node, value), Site.BUILTIN, name)
            return HOST_BOOL
        for item in items:
            answer = truth(t, frame, node, item, Site.BUILTIN, name)
            if answer is stops:
                return Const(name == "any")
            if answer is Answer.UNKNOWN:
                return HOST_BOOL
        return Const(name == "all")

    return asks


def _extreme(name: str) -> Builtin:
    def picks(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
        operands = arguments.positional
        key = arguments.keyword("key")
        if len(operands) == 1:
            items = items_of(operands[0])
            if items is None:
                items = (iterate(t, frame, node, operands[0]),) * (1 if _may_be_single(operands[0]) else 2)
            operands = items
        if arguments.star is not None:
            operands = (*operands, arguments.star)
        if not operands:
            return UNKNOWN
        compared = operands if key is None else tuple(t.call(frame, node, key, Arguments((v,))) for v in operands)
        best = compared[0]
        for value in compared[1:]:
            outcome = binary(t, frame, node, value, "<" if name != "max" else ">", best)
            truth(t, frame, node, outcome, Site.BUILTIN, name)
            best = join(best, value)
        if all(isinstance(v, Const) and isinstance(v.value, int | float) for v in operands) and key is None:
            numbers = [v.value for v in operands if isinstance(v, Const) and isinstance(v.value, int | float)]
            return Const(min(numbers) if name == "min" else max(numbers))
        result = join_all(operands)
        return result if name != "sorted" else List(None, result, frame.context.depth)

    return picks


def _may_be_single(value: Value) -> bool:
    """Whether an array may have one item, which is compared with nothing."""
    return any(
        isinstance(option, Tree) or (isinstance(option, Array) and (not option.shape or (option.shape[0] or 0) < 2))
        for option in alternatives(value)
    )


def _sum(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = arguments.first
    total: Value = arguments.get(1, "start") or Const(0)
    items = items_of(value) if not isinstance(value, Array) else None
    for item in items if items is not None else (iterate(t, frame, node, value),):
        total = binary(t, frame, node, total, "+", item)
    return total


def _arithmetic(name: str) -> Builtin:
    def computes(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
        value = arguments.first
        if isinstance(value, Array | Tree):
            return Array(frame.context.result_of(tracing_of(value)), why=value.why)
        if isinstance(value, Const) and name == "abs" and isinstance(value.value, int | float):
            return Const(abs(value.value))
        if isinstance(value, Const | Host):
            return HOST_INT if name == "round" and len(arguments.positional) == 1 else value if name != "pow" else HOST
        return NumPyArray() if isinstance(value, NumPyArray) else UNKNOWN

    return computes


def _divmod(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    left, right = arguments.positional[:2]
    return Tuple((binary(t, frame, node, left, "//", right), binary(t, frame, node, left, "%", right)))


def _pow(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    return binary(t, frame, node, arguments.positional[0], "**", arguments.positional[1])


REDUCTIONS: Mapping[str, Builtin] = MappingProxyType({
    "any": _any_all("any"),
    "all": _any_all("all"),
    "min": _extreme("min"),
    "max": _extreme("max"),
    "sorted": _extreme("sorted"),
    "sum": _sum,
    "abs": _arithmetic("abs"),
    "round": _arithmetic("round"),
    "pow": _pow,
    "divmod": _divmod,
})
