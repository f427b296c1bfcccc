"""Calls: what calling each kind of value does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.model.schema import (
    ArrayAttribute,
    Caller,
    FieldMarker,
    Gives,
    Lessener,
    LibraryClass,
    Loop,
    Maker,
    Manager,
    Operation,
    Wrapper,
)
from jaxlint.trace import dispatch, events, timing
from jaxlint.trace.array_methods import call_array_method
from jaxlint.trace.binding import Arguments
from jaxlint.trace.builtins import BUILTINS
from jaxlint.trace.callers import call_caller, lessen, make_callers
from jaxlint.trace.classes import construct, construct_library
from jaxlint.trace.contexts import made_manager
from jaxlint.trace.descriptors import ClassMethod, StaticMethod
from jaxlint.trace.library import call_operation
from jaxlint.trace.methods import call_method
from jaxlint.trace.observations import NamedCall, PullbackCall
from jaxlint.trace.places import store
from jaxlint.trace.summaries import call_function, setting
from jaxlint.trace.transform import apply_wrapper, call_loop, call_transformed
from jaxlint.trace.transform.boundary import linear
from jaxlint.values import (
    NEVER,
    NONE,
    UNKNOWN,
    Answer,
    Array,
    ArrayMethod,
    Bound,
    Class,
    Defaulted,
    Dict,
    Dispatched,
    External,
    Function,
    Instance,
    List,
    Method,
    Never,
    Partial,
    Pullback,
    Super,
    Tracing,
    Transformed,
    Tree,
    Union,
    Unknown,
    Value,
    alternatives,
    join,
    underlying,
)
from jaxlint.values.join import UNION_LIMIT
from jaxlint.values.pytree import leaves, map_leaves

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def call(t: Tracer, frame: Frame, node: nodes.NodeNG, callee: Value, arguments: Arguments) -> Value:
    """The result of `callee(*arguments)`; Unknown for what is not known to be callable."""
    match callee:
        case Function():
            return call_function(t, frame, node, callee, arguments)
        case Bound(receiver, function):
            return call(t, frame, node, function, arguments.with_first(receiver))
        case External():
            result = _call_external(t, frame, node, callee, arguments)
            maps = isinstance(callee.meaning, Loop) and callee.meaning.gives is Gives.TREE
            if maps or any(isinstance(value, Function | Partial | Bound) for value in arguments.positional):
                timing.perhaps_waited(frame)  # tree.map(np.asarray, y)
            return result
        case ArrayMethod():
            return call_array_method(t, frame, node, callee, arguments)
        case Method():
            return call_method(t, frame, node, callee, arguments)
        case Partial(function, first, keywords):
            merged = dict(keywords) | dict(arguments.keywords)
            combined = Arguments(
                (*first, *arguments.positional),
                tuple(merged.items()),
                arguments.star,
                arguments.star_keywords,
                () if first else arguments.nodes,
            )
            return call(t, frame, node, function, combined)
        case Transformed(transformation=Caller() as row, function=function):
            return call_caller(t, frame, node, row, function, arguments)
        case Transformed():
            return call_transformed(t, frame, node, callee, arguments)
        case Class():
            return construct(t, frame, node, callee, arguments)
        case Instance(cls=Class() as cls):
            found = cls.find("__call__")
            if found is None:
                return call_method(t, frame, node, Method(callee, "__call__"), arguments)
            return call(t, frame, node, Bound(callee, found[0]), arguments)
        case Instance(cls=External()):
            _call_unknown(frame, node, arguments)
            return call_method(t, frame, node, Method(callee, "__call__"), arguments)
        case Dispatched():
            return _call_one_of(t, frame, node, dispatch.chosen(t, callee, arguments))
        case Pullback(gradients=gradients):
            t.observe(PullbackCall(node, frame, callee))
            if gradients is not None:
                return linear(gradients, frame.context, arguments.all_values())
        case StaticMethod(function) | ClassMethod(function):
            return call(t, frame, node, function, arguments)
        case Union():
            return _call_one_of(t, frame, node, [(option, arguments) for option in alternatives(callee)])
        case Never():
            return NEVER
        case Super():
            return UNKNOWN
        case Defaulted(function):
            _call_unknown(frame, node, arguments)
            return _as_by_default(call(t, frame, node, function, arguments))
        case Unknown():
            _fill_gaps(t, frame, arguments)
    return _call_unknown(frame, node, arguments)


def _call_one_of(
    t: Tracer, frame: Frame, node: nodes.NodeNG, callees: Sequence[tuple[Value, Arguments]]
) -> Value:
    """One of several functions is called, with these arguments; it is not known which."""
    before = dict(events.events(frame.env))
    ways: list[events.Events] = []
    result: Value = NEVER
    many = len(callees) > UNION_LIMIT
    for callee, arguments in callees:
        if many and _walks(t, frame, callee, arguments) >= (1 if result is UNKNOWN else t.budgets.dispatched):
            t.spent.note("dispatched")
            result = UNKNOWN
            continue
        if isinstance(callee, External):
            called = _call_external(t, frame, node, callee, arguments, alone=False)
        else:
            called = call(t, frame, node, callee, arguments)
        result = join(result, called)
        ways.append(events.take(frame, before))
    events.put_one_of(frame, ways)
    return result


def _as_by_default(result: Value) -> Value:
    """What a function gives in whose place another one may be given: what is traced is so there as well."""

    def leaf(child: Value) -> Value:
        match child:
            case Array(Tracing.HIDDEN, why=why):
                return Array(Tracing.HIDDEN, why=why)
            case Tree(Tracing.HIDDEN):
                return child
        return UNKNOWN

    return UNKNOWN if result == NONE else map_leaves(result, leaf)


def _walks(t: Tracer, frame: Frame, callee: Value, arguments: Arguments) -> int:
    """In how many ways a function was walked in code that is traced as this is, with a tracer given to it or without."""
    function = underlying(callee)
    known = t.summaries.get(function.node, {}) if isinstance(function, Function) else {}
    if isinstance(callee, Bound):
        arguments = arguments.with_first(callee.receiver)
    here = setting(frame.context, arguments.all_values())
    return sum(summary.setting == here for summary in known.values())


def _fill_gaps(t: Tracer, frame: Frame, arguments: Arguments) -> None:
    """Whatever is called may put something in the place of the Nones in a list or dict that it is given."""
    if len(arguments.nodes) != len(arguments.positional):
        return
    for place, value in zip(arguments.nodes, arguments.positional, strict=True):
        match value:
            case List(items=tuple(items)) if NONE in items:
                store(t, frame, place, replace(value, items=tuple(map(_unless_none, items))))
            case Dict(items) if any(item == NONE for _, item in items):
                store(t, frame, place, replace(value, items=tuple((key, _unless_none(item)) for key, item in items)))


def _unless_none(value: Value) -> Value:
    return UNKNOWN if value == NONE else value


def _call_unknown(frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    """Whatever is called may look at the arrays that it is given, and so wait for them; or at others, that nobody knows."""
    timing.perhaps_waited(frame)
    if any(isinstance(leaf, Array | Tree) for value in arguments.all_values() for leaf in leaves(value)):
        events.await_all(frame, node)
    return UNKNOWN


_STARTING = frozenset(
    f"jax.{name}"
    for name in ("devices", "local_devices", "device_count", "local_device_count", "default_backend", "process_index")
)
"""Functions that ask for the devices, and so start the backend."""


def _call_external(
    t: Tracer, frame: Frame, node: nodes.NodeNG, callee: External, arguments: Arguments, alone: bool = True
) -> Value:
    t.observe(NamedCall(node, frame, callee.path, arguments, alone))
    if callee.path in _STARTING and frame.context.staging is not Answer.YES:
        events.start(frame, node)
    builtin = BUILTINS.get(callee.path)
    if builtin is not None:
        return builtin(t, frame, node, arguments)
    match callee.meaning:
        case Operation() as operation:
            return call_operation(t, frame, node, callee.path, operation, arguments)
        case Wrapper() as wrapper:
            return apply_wrapper(t, frame, node, wrapper, arguments)
        case Loop() as loop:
            return call_loop(t, frame, node, loop, arguments)
        case LibraryClass() as row:
            return construct_library(t, frame, node, callee, row, arguments)
        case Maker() as maker:
            return make_callers(t, frame, node, maker, arguments)
        case Manager() as manager:
            return made_manager(callee, manager, arguments)
        case Lessener() as lessener:
            return lessen(lessener, arguments)
        case FieldMarker():
            return arguments.keyword("default") or UNKNOWN
        case ArrayAttribute():
            return UNKNOWN
    return _call_unknown(frame, node, arguments)
