"""Functions that choose by the class of an argument: `functools.singledispatch`, `functools.singledispatchmethod`.

    @singledispatch
    def log_prob(dist, x): ...

    @log_prob.register
    def _(dist: Normal, x): ...        # called where `dist` is a Normal

https://docs.python.org/3/library/functools.html#functools.singledispatch
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.trace.binding import Arguments, parameters_of
from jaxlint.trace.frame import Frame
from jaxlint.trace.narrowing import instance_of
from jaxlint.values import (
    NONE,
    UNKNOWN,
    Answer,
    Class,
    Dispatched,
    Function,
    Instance,
    Partial,
    Value,
    alternatives,
    join_all,
)

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.tracer import Tracer


def dispatching(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`functools.singledispatch(f)`."""
    return Dispatched(arguments.first)


def dispatching_method(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`functools.singledispatchmethod(f)`, which chooses by the argument after the receiver."""
    return Dispatched(arguments.first, 1)


def register(t: Tracer, dispatched: Dispatched, arguments: Arguments) -> Value:
    """`f.register(Class, implementation)`; without the one or the other a decorator. Returns the implementation."""
    match arguments.positional:
        case (Function() as implementation,):
            cls = _annotated(t, implementation, dispatched.position)
        case (cls,):
            return Partial(Dispatched(dispatched.function, dispatched.position, registers=True), (cls,))
        case (cls, implementation):
            pass
        case _:
            return UNKNOWN
    t.implementations.setdefault(dispatched.function, []).append((cls, implementation))
    return implementation


def _annotated(t: Tracer, function: Function, position: int) -> Value:
    """The class that the annotation of the argument names by which is chosen."""
    parameters = parameters_of(function.node)
    name = parameters.positional[position] if position < len(parameters.positional) else ""
    hint = parameters.annotations.get(name)
    return UNKNOWN if hint is None or not isinstance(function.closure, Frame) else t.evaluate(function.closure, hint)


def call_dispatched(
    t: Tracer, frame: Frame, node: nodes.NodeNG, dispatched: Dispatched, arguments: Arguments
) -> Value:
    """Call the implementation for the class of the argument, or each that may be the one."""
    if dispatched.registers:
        return register(t, Dispatched(dispatched.function, dispatched.position), arguments)
    chosen = arguments.positional[dispatched.position] if len(arguments.positional) > dispatched.position else UNKNOWN
    results: list[Value] = []
    for option in alternatives(chosen):
        given = (*arguments.positional[: dispatched.position], option, *arguments.positional[dispatched.position + 1 :])
        called = Arguments(given, arguments.keywords, arguments.star, arguments.star_keywords, arguments.nodes)
        results += [t.call(frame, node, function, called) for function in _implementations(t, dispatched, option)]
    return join_all(results) if results else UNKNOWN


def _implementations(t: Tracer, dispatched: Dispatched, value: Value) -> list[Value]:
    known = t.implementations.get(dispatched.function, [])
    answers = [(instance_of(value, cls) if value != NONE else Answer.NO, cls, function) for cls, function in known]
    sure = [(cls, function) for answer, cls, function in answers if answer is Answer.YES]
    perhaps = [function for answer, _, function in answers if answer is Answer.UNKNOWN]
    if not sure:
        return [*perhaps, dispatched.function]
    order = value.cls.mro if isinstance(value, Instance) and isinstance(value.cls, Class) else ()
    nearest = min(sure, key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    return [nearest[1], *perhaps]


__all__ = ["call_dispatched", "dispatching", "dispatching_method", "register"]
