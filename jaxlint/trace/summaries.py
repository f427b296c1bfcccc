"""Functions of the project: walked once for each way of being called, and remembered.

The key of a summary is the function's tree, the abstract values of its parameters, the values of the names that it
closes over (module globals left out: they are what the module's body made them), and the context. A summary holds what
the caller needs to go on: the result, the objects given that were changed in place, the keys that were consumed.

Recursion: a call that is already being walked, for the same key, contributes Never, so that the other ways decide the
result. Arguments that differ from call to call are joined with those of the call around after a few calls.

Where nothing may be observed (`Frame.coarse`), a summary made for one that is observed serves as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace import effects, events, identity, staleness
from jaxlint.trace.annotations import fitting, refined
from jaxlint.trace.binding import Arguments, bind
from jaxlint.trace.frame import Expects, Frame, FrameKind, join_envs
from jaxlint.trace.observations import CachedCall, FunctionReturn
from jaxlint.trace.places import peek, store
from jaxlint.trace.scope import is_marked_abstract
from jaxlint.trace.ways import Way, coarser
from jaxlint.values import (
    HOST_FLOAT,
    NEVER,
    NONE,
    UNKNOWN,
    Answer,
    Array,
    Class,
    Const,
    Dict,
    External,
    Filtered,
    Function,
    Instance,
    Iterator,
    List,
    Set,
    Tree,
    Union,
    Value,
    join,
)
from jaxlint.values.pytree import tracer_in
from jaxlint.values.size import HOLDERS, bounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jaxlint.trace.context import Context
    from jaxlint.trace.tracer import Tracer


Setting = tuple[Answer, Answer, bool]
"""Whether all that is computed in a function is staged out, whether a trace is open, and whether a tracer is given to it."""


@dataclass(slots=True)
class Summary:
    """What one way of calling a function comes to.

    Attributes:
        result: what it returns; Never while it is still being walked.
        changed: parameters whose object was changed in place, with what became of it.
        told: what happened to keys and buffers of the code around.
        finished: False while it is being walked.
        noted: what kept traces read in it, and what it bound.
        setting: in what the function was called.
    """

    result: Value = NEVER
    changed: tuple[tuple[str, Value], ...] = ()
    told: tuple[events.Told, ...] = ()
    finished: bool = False
    noted: tuple[staleness.Event, ...] = ()
    setting: Setting | None = None


def call_function(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    function: Function,
    arguments: Arguments,
    context: Context | None = None,
) -> Value:
    """The result of calling a function of the project; the arguments that it changes are changed for the caller."""
    if arguments.nodes or not arguments.positional:
        t.callees.setdefault(node, {})[function.node] = len(arguments.positional) - len(arguments.nodes)
    result, changed = _called(t, frame, node, function, arguments, context)
    if changed:
        _write_back(t, frame, node, function, arguments, changed)
    return result


def run_on(
    t: Tracer, frame: Frame, node: nodes.NodeNG, method: Function, instance: Instance, arguments: Arguments
) -> Value:
    """What becomes of an object that no name holds yet, when a method such as `__init__` runs on it."""
    _, changed = _called(t, frame, node, method, arguments.with_first(instance), None)
    receiver = t.parameters(method.node).positional[:1]
    others = tuple((name, value) for name, value in changed if name not in receiver)
    if others:
        _write_back(t, frame, node, method, arguments.with_first(instance), others)
    return next((value for name, value in changed if name in receiver), instance)


Changes = tuple[tuple[str, Value], ...]


def _called(
    t: Tracer, frame: Frame, node: nodes.NodeNG, function: Function, arguments: Arguments, context: Context | None
) -> tuple[Value, Changes]:
    """The result, and what became of the arguments that were changed, by parameter."""
    context = context or frame.context
    if function.decorated and context.axes is not None:
        context = replace(context, axes=None)
    parameters = t.parameters(function.node)
    if function.cached:
        t.observe(CachedCall(node, frame, function, arguments))
        if any(isinstance(value, Array | Tree) for value in arguments.all_values()):
            # It raises before the function runs, so that nothing is kept.
            function = replace(function, cached=False)
    bound = bind(function, parameters, arguments, context.depth)
    t.entered.add(function.node)
    if bound is None:
        return UNKNOWN, ()
    if frame.depth >= t.budgets.call_depth:
        t.spent.note("call_depth")
        return UNKNOWN, ()
    if t.spent.statements >= t.budgets.statements_for(t.spent.lines):
        t.spent.note("project_statements")
        return UNKNOWN, ()
    for name, hint in parameters.annotations.items():
        value = bound[name]
        if value is UNKNOWN or type(value) is Tree or type(value) is Filtered:
            bound[name] = refined(t, function, hint, value)
        elif type(value) is Union:
            bound[name] = fitting(t, function, hint, value)
    plain = type(function.node) is not nodes.Lambda  # often `lambda x: x`, which gives back what it is given
    for name, value in bound.items():
        if type(value) is Const:
            bound[name] = _plain(value) if plain else value
        elif type(value) in HOLDERS:
            bound[name] = bounded(value, t.budgets.value_depth)
    bound, actual = identity.canonical(function.node, bound)
    start = len(t.journal.events)
    summary = _summary(t, frame, node, function, bound, context, effects.incoming(frame, actual))
    if len(t.journal.events) == start:
        t.journal.repeat(t, context.keeper, summary.noted)
    if not summary.finished:
        return summary.result, ()
    brought = (summary.result, *(value for _, value in summary.changed))
    if not summary.told and not any(map(identity.holds_identity, brought)):
        return summary.result, summary.changed
    actual |= effects.parameters_given(frame, node, parameters, function, arguments)
    names = identity.BroughtBack(frame, node, function.node, actual)
    effects.repeat(t, frame, node, summary.told, names)
    result = identity.renamed(summary.result, names)
    return result, tuple((name, identity.renamed(value, names)) for name, value in summary.changed)


def _plain(value: Const) -> Value:
    """A float argument without its value, but for those that programs compare with: rates and scales differ from call
    to call, and what a function does hardly depends on them.
    """
    if type(value.value) is float and value.value not in (0.0, 1.0):
        return HOST_FLOAT
    return value


def _summary(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    function: Function,
    bound: dict[str, Value],
    context: Context,
    told: events.Events,
) -> Summary:
    known = t.summaries.setdefault(function.node, {})
    manner = context, frozenset(told), _expected_inside(frame)
    active = t.active.setdefault(function.node, [])
    made_coarsely = isinstance(function.closure, Frame) and function.closure.coarse
    exact = way = Way(bound, _captured(t, function), frame.coarse or made_coarsely)
    summary = _remembered(known, exact, manner)
    if summary is not None:
        return summary
    for way in coarser(t, function, exact):
        summary = _remembered(known, way, manner)
        if summary is not None:
            return summary
    t.walked[function.node].add(function, exact)
    summary = known[way.key, manner, way.coarse] = Summary(setting=setting(context, bound.values()))
    start = len(t.journal.events)
    active.append(way)
    try:
        _walk(t, frame, node, function, way, context, summary, told)
    finally:
        active.pop()
    summary.noted = t.journal.since(start)
    return summary


def setting(context: Context, given: Iterable[Value]) -> Setting:
    """In what a function is called with such arguments."""
    return context.staging, context.tracing, any(tracer_in(value) is not None for value in given)


_Manner = tuple["Context", frozenset[object], Expects]
"""How a function is called: in which traces, after which events, and what its code waits for."""


def _remembered(known: dict[object, Summary], way: Way, manner: _Manner) -> Summary | None:
    """The summary of a way of calling; where nothing may be observed, one of which something was serves as well."""
    key = way.key
    summary = known.get((key, manner, False))
    return known.get((key, manner, True)) if summary is None and way.coarse else summary


def _expected_inside(frame: Frame) -> Expects:
    """What the code of a function that is called here waits for."""
    return Expects.IN_CALLS if frame.expects is Expects.IN_CALLS else Expects.NOTHING


def _captured(t: Tracer, function: Function) -> tuple[Value, ...]:
    """The values that the function takes from the functions around it."""
    closure = function.closure
    if not isinstance(closure, Frame) or closure.kind is FrameKind.MODULE:
        return ()
    values: list[Value] = []
    for name in t.free(function.node):
        owner = closure.owner_of(name)
        if owner is not None and owner.kind is FrameKind.FUNCTION:
            values.append(owner.env.get(name, UNKNOWN))
    return tuple(values)


def _walk(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    function: Function,
    way: Way,
    context: Context,
    summary: Summary,
    told: events.Events,
) -> None:
    tree, bound = function.node, way.parameters
    closure = function.closure
    assert isinstance(closure, Frame)  # every function value is made in a frame
    inner = Frame(
        FrameKind.FUNCTION,
        closure.module_name,
        closure,
        context,
        function=function,
        local_names=tree.locals.keys(),
        env=effects.environment(t, function, bound, context, told),
        caller=frame,
        call_node=node,
        owner=function.owner,
        depth=frame.depth + 1,
        expects=_expected_inside(frame),
        coarse=way.coarse,
    )
    _record_parameters(t, inner, tree, bound)
    walked = t.guarded(inner, tree, lambda: _run(t, inner, tree))
    t.spent.statements += inner.statements
    if not walked:
        summary.result = UNKNOWN
        summary.finished = True
        return
    result = inner.returned
    if inner.is_generator:
        result = Iterator(inner.yielded, context.depth)
    if t.listens(FunctionReturn):
        t.observe(FunctionReturn(tree, inner, function, result))
    result = bounded(result, t.budgets.value_depth)
    summary.result = UNKNOWN if result is NEVER and _may_return(inner) else result
    exit_env = inner.returns[0] if inner.returns else None
    for env in inner.returns[1:]:
        exit_env = join_envs(exit_env, env)
    if exit_env is not None:
        inner.env = exit_env
        summary.changed = tuple(
            (name, exit_env[name])
            for name in bound
            if name in inner.mutated and name not in inner.rebound and exit_env.get(name) != bound[name]
        )
        replaced = effects.replaced(bound, summary.changed)
        summary.told = tuple(
            (record, event)
            for record, event in effects.outgoing(exit_env, tree, told)
            if record.identity not in replaced
        )
    summary.finished = True


def _run(t: Tracer, inner: Frame, tree: nodes.FunctionDef | nodes.Lambda) -> None:
    if isinstance(tree.body, list):
        if t.run_block(inner, tree.body):
            inner.returned = join(inner.returned, UNKNOWN if _is_stub(tree, inner.owner) else NONE)
            inner.returns.append(inner.env)
    else:
        inner.returned = t.evaluate(inner, tree.body)
        inner.returns.append(inner.env)


def _is_stub(tree: nodes.FunctionDef, owner: Class | None) -> bool:
    """Whether a function only says what another one does, as in a Protocol. What that returns nobody knows."""
    match tree.body:
        case [nodes.Expr(value=nodes.Const(value=value))]:
            return value is Ellipsis
        case [] | [nodes.Pass()]:  # a docstring is no part of the body
            bases = owner.bases if owner is not None else ()
            protocol = any(isinstance(base, External) and base.path in _PROTOCOLS for base in bases)
            return protocol or is_marked_abstract(tree)
    return False


_PROTOCOLS = frozenset({"typing.Protocol", "typing_extensions.Protocol"})


def _may_return(inner: Frame) -> bool:
    return bool(inner.returns)


def _record_parameters(
    t: Tracer, inner: Frame, tree: nodes.FunctionDef | nodes.Lambda, bound: dict[str, Value]
) -> None:
    if t.recorder is None:
        return
    args = tree.args
    for parameter in (*args.posonlyargs, *(args.args or ()), *args.kwonlyargs):
        t.bound(inner, parameter, parameter.name, bound[parameter.name])
    for parameter in (args.vararg_node, args.kwarg_node):
        if parameter is not None and parameter.name in bound:
            t.bound(inner, parameter, parameter.name, bound[parameter.name])


def _write_back(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    function: Function,
    arguments: Arguments,
    changed: tuple[tuple[str, Value], ...],
) -> None:
    """Objects that the callee changed in place are changed where the caller holds them."""
    if not isinstance(node, nodes.Call):
        return
    positional = t.parameters(function.node).positional
    places: list[nodes.NodeNG | None] = list(arguments.nodes)
    if len(places) < len(arguments.positional):
        receiver = node.func.expr if isinstance(node.func, nodes.Attribute) else None
        places = [receiver, *places]
    by_name = {keyword.arg: keyword.value for keyword in node.keywords}
    for name, value in changed:
        place = by_name.get(name)
        if place is None and name in positional and positional.index(name) < len(places):
            place = places[positional.index(name)]
        if place is None or not isinstance(value, Instance | List | Dict | Set | Iterator):
            continue
        if isinstance(value, Instance | List | Dict) and value.rebuilt:
            held = peek(t, frame, place)
            if not (isinstance(held, Instance | List | Dict) and held.rebuilt):
                continue  # the callee was traced, and changed a copy
        store(t, frame, place, value)
