"""Functions that the class of an argument chooses: `functools.singledispatch`, `functools.singledispatchmethod`.

    @functools.singledispatch
    def cost(part): ...

    @cost.register(Layer)
    def _(part): ...

https://docs.python.org/3/library/functools.html#functools.singledispatch
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from jaxlint.trace.annotations import refined_to
from jaxlint.trace.binding import Arguments, Builtin
from jaxlint.trace.narrowing import instance_of
from jaxlint.values import (
    NONE,
    UNKNOWN,
    Answer,
    Class,
    Dispatched,
    External,
    Filtered,
    Function,
    Instance,
    Partial,
    Tree,
    Unknown,
    Value,
    alternatives,
    underlying,
)

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def chosen(t: Tracer, callee: Dispatched, arguments: Arguments) -> list[tuple[Value, Arguments]]:
    """The functions that may run, with what each is given; which ones other code registers, nobody knows."""
    given, position = arguments.positional, callee.position
    if len(given) <= position:
        return [(callee.function, arguments)]
    before, after = given[:position], given[position + 1 :]
    ways: dict[tuple[Value, Value], None] = {}
    for option in alternatives(given[position]):
        ways |= dict.fromkeys(_for_one(t, callee, option))
    return [(function, replace(arguments, positional=(*before, option, *after))) for function, option in ways]


def _for_one(t: Tracer, callee: Dispatched, first: Value) -> list[tuple[Value, Value]]:
    """The functions for one alternative of the argument, each with what that is then known to be."""
    registered = t.registered.get(callee, [])
    default = callee.function, first
    match first:
        case Instance(cls=Class() as cls, exact=exact):
            own = next(((function, first) for base in cls.mro for key, function in registered if key == base), None)
            lower = [
                (function, refined_to(t, key, first))
                for key, function in registered
                if not exact and isinstance(key, Class) and key != cls and cls in key.mro
            ]
            unlike = [(function, first) for key, function in registered if not isinstance(key, Class) and not cls.is_closed]
            return [*lower, own] if own is not None else [*lower, *unlike, default]
        case Unknown() | Tree() | Filtered():
            ways = [
                (function, refined_to(t, key, first) if isinstance(key, Class) else first) for key, function in registered
            ]
            return [*ways, default]
    if first == NONE:
        return [default]
    answers = [(instance_of(first, key), (function, first)) for key, function in registered]
    sure = [way for answer, way in answers if answer is Answer.YES]
    perhaps = [way for answer, way in answers if answer is Answer.UNKNOWN]
    return [*perhaps, *sure] if sure else [*perhaps, default]


def method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, receiver: Dispatched, name: str, arguments: Arguments
) -> Value:
    """`f.register(cls)`, `f.register(cls, function)`, `@f.register` above a function whose parameter is annotated."""
    if name != "register":
        return UNKNOWN
    match arguments.positional:
        case (Function() as function,):
            return _registered(t, receiver, _annotated(t, frame, function, receiver.position), function)
        case (cls, function):
            return _registered(t, receiver, cls, function)
        case (cls,):
            return Partial(External("jaxlint.register"), (receiver, cls))
    return UNKNOWN


def _registered(t: Tracer, receiver: Value, cls: Value, function: Value) -> Value:
    if isinstance(receiver, Dispatched):
        t.registered.setdefault(receiver, []).append((cls, function))
    return function


def _annotated(t: Tracer, frame: Frame, function: Function, position: int) -> Value:
    """The class in the annotation of the parameter."""
    arguments = function.node.args
    hints = [*arguments.posonlyargs_annotations, *arguments.annotations]
    hint = hints[position] if position < len(hints) else None
    return UNKNOWN if hint is None else t.evaluate(frame, hint)


def _single(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    function = arguments.first
    return Dispatched(function) if isinstance(underlying(function), Function) else UNKNOWN


def _single_method(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """It chooses by the argument after the receiver."""
    function = arguments.first
    return Dispatched(function, 1) if isinstance(underlying(function), Function) else UNKNOWN


def _register(t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    match arguments.positional:
        case (receiver, cls, function):
            return _registered(t, receiver, cls, function)
    return UNKNOWN


DISPATCH: Mapping[str, Builtin] = MappingProxyType({
    "functools.singledispatch": _single,
    "functools.singledispatchmethod": _single_method,
    "jaxlint.register": _register,
})
