"""Where the analysis starts: module bodies, then every transformation applied, then what nobody is seen to call.

The order is fixed by the names of the modules and the order of definitions, so that the findings for a file do not
depend on which file was asked for first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import Wrapper
from jaxlint.trace.annotations import annotated
from jaxlint.trace.assumed import assumed
from jaxlint.trace.binding import Arguments
from jaxlint.trace.classes import instance_of_class
from jaxlint.trace.context import ANYWHERE, EAGER
from jaxlint.trace.contracts import contracted, customarily_traced
from jaxlint.trace.exceptions import expected_by
from jaxlint.trace.frame import Expects, Frame, FrameKind
from jaxlint.trace.options import signature
from jaxlint.trace.parametrized import Case
from jaxlint.trace.runners import is_run
from jaxlint.trace.statements import drop
from jaxlint.trace.transform import call_transformed, traced_positions
from jaxlint.values import UNKNOWN, Function, Instance, Tracing, Transformed, Value, underlying, unless_given
from jaxlint.values.functions import application

if TYPE_CHECKING:
    from jaxlint.trace.tracer import Tracer


def analyse(t: Tracer, modules: Iterable[str]) -> None:
    """Walk the modules, their programs, and every function in them."""
    for name in modules:
        t.module_frame(name)
    for frame, expression in t.deferred:
        t.guarded(frame, expression, lambda f=frame, e=expression: _statement(t, f, e))  # type: ignore[misc]
    t.deferred.clear()
    _settle(t)


def _statement(t: Tracer, frame: Frame, expression: nodes.NodeNG) -> None:
    drop(t, frame, expression)


def _settle(t: Tracer) -> None:
    """Enter what was not called: transformed functions first, since they say most; new ones turn up meanwhile."""
    entered_transformed: set[Transformed] = set()
    entered_functions: set[nodes.NodeNG] = set()
    while True:
        pending = [f for f in t.transformed if f not in entered_transformed and application(f) not in t.called]
        for transformed in pending:
            entered_transformed.add(transformed)
            if application(transformed) not in t.called and transformed not in t.wrapped:
                _enter_transformed(t, transformed)
        if pending:
            continue
        said = [f for f in (*assumed(t, t.functions), *contracted(t, t.functions)) if f not in entered_transformed]
        for transformed in said:
            entered_transformed.add(transformed)
            _enter_transformed(t, transformed)
        if said:
            continue
        waiting = [f for f in t.functions if f.node not in t.entered and f.node not in entered_functions]
        if not waiting:
            return
        for function in waiting:
            entered_functions.add(function.node)
            customary = None if function.node in t.entered else customarily_traced(t, function)
            if customary is not None:
                _enter_transformed(t, customary)
            if function.node not in t.entered:
                t.guarded(_boundary(function), function.node, lambda f=function: _enter_function(t, f))  # type: ignore[misc]


def _boundary(function: Function) -> Frame:
    """The frame that a fault is reported for which happens before the function's own frame exists."""
    closure = function.closure
    module = closure.module_name if isinstance(closure, Frame) else ""
    return Frame(FrameKind.FUNCTION, module, None, ANYWHERE, function=function)


def _frame_for(function: Value) -> Frame | None:
    base = underlying(function)
    if not isinstance(base, Function) or not isinstance(base.closure, Frame):
        return None
    closure = base.closure
    context = EAGER if closure.kind is FrameKind.MODULE else closure.context
    return Frame(
        FrameKind.FUNCTION, closure.module_name, closure, context, depth=1, expects=_expected_around(closure)
    )


def _expected_around(closure: Frame) -> Expects:
    """Whether the function in which another one was made waits somewhere for an error, perhaps for one of that one's."""
    if closure.function is None:
        return Expects.NOTHING
    managers = (
        expression
        for statement in closure.function.node.nodes_of_class(nodes.With)
        for expression, _ in statement.items
    )
    return Expects.IN_CALLS if any(map(expected_by, managers)) else Expects.NOTHING


def _enter_transformed(t: Tracer, transformed: Transformed) -> None:
    """A transformed function of which no call is seen: its arguments are what the transformation makes of unknown ones."""
    t.journal.begin()
    base = underlying(transformed)
    origin = t.origins.get(transformed)
    if origin is None and isinstance(base, Function) and isinstance(base.closure, Frame):
        origin = base.closure
    if not isinstance(base, Function) or origin is None or not isinstance(transformed.transformation, Wrapper):
        return
    frame = Frame(
        FrameKind.FUNCTION,
        origin.module_name,
        origin,
        # Who calls it is not seen, and may map it over an axis.
        replace(origin.context, axes=None)
        if origin.kind is FrameKind.FUNCTION
        else replace(ANYWHERE, plain=origin.module.context.plain),
        caller=origin.caller,
        call_node=origin.call_node,
        depth=min(origin.depth, 4) + 1,
        expects=_expected_around(origin),
    )
    node = transformed.node if transformed.node is not None else base.node
    arguments = _unknown_arguments(t, transformed, base)
    t.guarded(frame, base.node, lambda: call_transformed(t, frame, node, transformed, arguments))


def _unknown_arguments(t: Tracer, callee: Transformed, base: Function) -> Arguments:
    """Arguments of which only annotations and defaults tell something.

    A parameter with a default may be left out, so it is handed in through `**unknown`, which joins with the default;
    unless it is static, when whatever is passed stays a Python value.
    """
    parameters = t.parameters(base.node)
    visible = signature(t, callee)
    names = parameters.positional if visible is None else visible
    traced = traced_positions(t, callee, len(names))
    optional = {name for name, _ in base.defaults}
    positional: list[Value] = []
    for index, name in enumerate(names):
        if name in optional and traced(index, None):
            break
        positional.append(_unknown_argument(t, base, name))
    later = [*names[len(positional) :], *parameters.keyword_only]
    keywords = tuple(
        (name, _unknown_argument(t, base, name))
        for name in later
        if name not in optional or not traced(names.index(name) if name in names else None, name)
    )
    return Arguments(
        tuple(positional),
        keywords,
        UNKNOWN if parameters.vararg and len(positional) == len(names) else None,
        UNKNOWN if parameters.kwarg or len(keywords) < len(later) else None,
    )


def _unknown_argument(t: Tracer, function: Function, name: str) -> Value:
    parameters = t.parameters(function.node)
    if parameters.positional[:1] == (name,) and function.owner is not None and not _is_plain(function):
        if _decorated_with(function.node, "classmethod"):
            return function.owner
        return instance_of_class(t, function.owner)
    hint = parameters.annotations.get(name)
    value: Value = UNKNOWN
    if hint is not None and isinstance(function.closure, Frame):
        value = annotated(t, function.closure, hint, Tracing.UNKNOWN)
    return unless_given(dict(function.defaults).get(name, UNKNOWN)) if value is UNKNOWN else value


def _decorated_with(node: nodes.FunctionDef | nodes.Lambda, name: str) -> bool:
    decorators = getattr(node, "decorators", None)
    return decorators is not None and any(isinstance(d, nodes.Name) and d.name == name for d in decorators.nodes)


def _is_plain(function: Function) -> bool:
    """Whether a function in a class body takes no receiver."""
    return _decorated_with(function.node, "staticmethod") or isinstance(function.node, nodes.Lambda)


def _with(value: Value, attributes: Iterable[tuple[str, Value]]) -> Value:
    for name, attribute in attributes:
        value = value.with_field(name, attribute) if isinstance(value, Instance) else value
    return value


def _enter_function(t: Tracer, function: Function) -> None:
    t.journal.begin()
    frame = _frame_for(function)
    if frame is None:
        return
    frame.context = replace(EAGER if is_run(function) else ANYWHERE, plain=frame.module.context.plain)
    closure = function.closure
    if isinstance(closure, Frame) and closure.kind is FrameKind.FUNCTION:
        frame.context = replace(closure.context, axes=None) if closure.context.depth else ANYWHERE
    parameters = t.parameters(function.node)
    receiver = parameters.positional[:1] if function.owner is not None and not _is_plain(function) else ()
    for case in t.cases.get(function.node, ()):
        own = tuple(_with(_unknown_argument(t, function, name), case.attributes) for name in receiver)
        given = Arguments((*own, *case.arguments.positional), case.arguments.keywords)
        frame.env = {}  # each case is a run of its own
        t.guarded(frame, function.node, lambda given=given: t.call(frame, function.node, function, given))  # type: ignore[misc]
    if t.summaries.get(function.node):
        return
    # Cases whose arguments do not fit, since not all of them are known, still say what the object has.
    for attributes in dict.fromkeys(case.attributes for case in t.cases.get(function.node, (Case(),))):
        unknown = {name: _unknown_argument(t, function, name) for name in parameters.positional}
        unknown |= {name: _with(unknown[name], attributes) for name in receiver}
        arguments = Arguments(
            tuple(unknown.values()),
            tuple((name, _unknown_argument(t, function, name)) for name in parameters.keyword_only),
            UNKNOWN if parameters.vararg else None,
            UNKNOWN if parameters.kwarg else None,
        )
        frame.env = {}
        t.guarded(frame, function.node, lambda given=arguments: t.call(frame, function.node, function, given))  # type: ignore[misc]


