"""Functions of a framework that call the user's: `model.apply(variables, x)`, `hk.transform(f).apply(params, rng, x)`.

What is traced around them is traced inside. What they add is where the parameters are that the user's code computes
with, and the `setup` that runs before a module's methods do. Those of inference, `MCMC(NUTS(model)).run(key, x)`, call
a function with the arguments as they are, and build a jaxpr meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.model.schema import Caller, Gets, Hiding, Lessener, LibraryClass, Maker, Wrapper
from jaxlint.trace import demands
from jaxlint.trace.attributes import read_attribute
from jaxlint.trace.binding import Arguments
from jaxlint.trace.events import Fate
from jaxlint.trace.observations import FrameworkCall
from jaxlint.trace.results import of_result
from jaxlint.trace.summaries import run_on
from jaxlint.trace.transform.boundary import open_trace
from jaxlint.values import (
    NONE,
    UNKNOWN,
    Bound,
    Class,
    Const,
    External,
    Fields,
    Function,
    Instance,
    List,
    Tracing,
    Transformed,
    Tree,
    Tuple,
    Unknown,
    Value,
)
from jaxlint.values.pytree import worst

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def make_callers(t: Tracer, frame: Frame, node: nodes.NodeNG, row: Maker, arguments: Arguments) -> Value:
    """`hk.transform(f)`: an object with the functions that call `f`."""
    function = arguments.named(row.parameters, row.function)
    if function is None or isinstance(function, Unknown):
        return UNKNOWN
    members = {member.name: Transformed(member, function, (), node, frame.module_name) for member in row.members}
    return Instance(t.external(row.makes), Fields(members), True, frame.context.depth)


def lessen(row: Lessener, arguments: Arguments) -> Value:
    """`hk.without_apply_rng(transformed)`."""
    given = arguments.positional[0] if arguments.positional else UNKNOWN
    member = given.fields.get(row.member) if isinstance(given, Instance) else None
    if not isinstance(given, Instance) or not isinstance(member, Transformed):
        return UNKNOWN
    caller = member.transformation
    if not isinstance(caller, Caller):
        return UNKNOWN
    fewer = replace(caller, own=tuple(name for name in caller.own if name != row.without))
    return given.with_field(row.member, replace(member, transformation=fewer))


def call_caller(t: Tracer, frame: Frame, node: nodes.NodeNG, row: Caller, target: Value, arguments: Arguments) -> Value:
    """Call the user's function: `target` itself, or the method of it that the row or the call names."""
    own, inside = _split(row, arguments)
    if row.functions:
        _infer(t, frame, node, row, target, inside)
        return of_result(t, frame, row.result, row.own, arguments, target)
    before = demands.begin(frame)
    state = own.get(row.state)
    held = worst(state) if state is not None else frame.context.result_of(_worst_of(own))
    outer = frame.context
    frame.context = replace(outer, held=held)
    if not row.calls:
        made = row.gets in (Gets.STATE, Gets.STATES)
        frame.context = replace(frame.context, framed=outer.depth, initialising=made)
    try:
        function, prepared = _called(t, frame, node, row, target, own)
        result = UNKNOWN if row.gets is Gets.OBJECT else t.call(frame, node, function, inside)
    finally:
        frame.context = outer
    if t.listens(FrameworkCall):
        written, drawn = demands.asked(frame, Fate.WRITTEN), demands.asked(frame, Fate.DRAWN)
        t.observe(FrameworkCall(node, frame, row, target, own, arguments, written, drawn))
    demands.end(frame, before)
    tree = Tree(outer.result_of(held), outer.entry if held is not Tracing.CONCRETE else None)
    match row.gets:
        case Gets.STATE:
            return tree
        case Gets.STATES:
            return Tuple((tree, tree))
        case Gets.WITH_STATE:
            return Tuple((result, tree))
        case Gets.OBJECT:
            return prepared
        case Gets.PERHAPS_STATE:
            return _perhaps_with_state(own.get(row.switch), result, tree)
        case Gets.RESULT:
            return of_result(t, frame, row.result, row.own, arguments)
    return result


def _infer(t: Tracer, frame: Frame, node: nodes.NodeNG, row: Caller, target: Value, inside: Arguments) -> None:
    """Each function that the object holds under the row's names is called with the same arguments."""
    outer = frame.context
    for path in row.functions:
        function = _held(target, path)
        if function is None:
            continue
        staged = Wrapper(row.path, Hiding.SAME, row.staging)
        frame.context = open_trace(frame, node, staged, function)
        try:
            t.call(frame, node, function, inside)
        finally:
            frame.context = outer


def _held(target: Value, path: str) -> Value | None:
    """What an attribute of an attribute of a library's object holds; None where that is not known."""
    held: Value | None = target
    for name in path.split("."):
        held = held.fields.get(name) if isinstance(held, Instance) else None
    return held


def _perhaps_with_state(switch: Value | None, result: Value, tree: Tree) -> Value:
    match switch:
        case None | Const(False):
            return result
        case Const() | List(items=(_, *_)) | Tuple(items=(_, *_)):
            return Tuple((result, tree))
    return UNKNOWN


def _split(row: Caller, arguments: Arguments) -> tuple[dict[str, Value], Arguments]:
    """The arguments that the library keeps, by name, and those that the user's function receives."""
    own = dict(zip(row.own, arguments.positional, strict=False))
    count = len(own)
    if count < len(row.own) and arguments.star is not None:
        own |= dict.fromkeys(row.own[count:], UNKNOWN)
    kept = {*row.own[count:], *row.keywords}
    own |= {name: value for name, value in arguments.keywords if name in kept}
    rest = tuple((name, value) for name, value in arguments.keywords if name not in kept)
    inside = Arguments(arguments.positional[count:], rest, arguments.star, arguments.star_keywords, arguments.nodes[count:])
    return own, inside


def _worst_of(own: dict[str, Value]) -> Tracing:
    return worst(Tuple(tuple(own.values())))


def _called(
    t: Tracer, frame: Frame, node: nodes.NodeNG, row: Caller, target: Value, own: dict[str, Value]
) -> tuple[Value, Value]:
    """What is called, and the object as it is then."""
    if not row.calls:
        return target, target
    if not isinstance(target, Instance):
        return UNKNOWN, UNKNOWN
    # The library calls a copy.
    prepared: Value = prepare(t, frame, node, Instance(target.cls, target.fields, target.exact, None, True))
    match own.get(row.instead, NONE) if row.instead else NONE:
        case Const(None):
            return read_attribute(t, frame, node, prepared, row.calls), prepared
        case Const(str() as name):
            return read_attribute(t, frame, node, prepared, name), prepared
        case Function() | Transformed() as function:
            return Bound(prepared, function), prepared
        case Bound(function=function):
            return Bound(prepared, function), prepared
    return UNKNOWN, prepared


def prepare(t: Tracer, frame: Frame, node: nodes.NodeNG, instance: Instance, depth: int = 0) -> Instance:
    """The object after the methods that run before any other, and the modules that it holds likewise."""
    cls, names = instance.cls, initialisers(instance.cls)
    if not names or not isinstance(cls, Class):
        return instance
    if depth > 0:
        instance = replace(instance, made=None, rebuilt=True)  # a copy, like the one that holds it
    if depth < _NESTED:
        inner = {name: _prepared(t, frame, node, field, depth) for name, field in instance.fields.items()}
        instance = replace(instance, fields=Fields(inner))
    for name in names:
        found = cls.find(name)
        if found is not None and isinstance(found[0], Function):
            after = run_on(t, frame, node, found[0], instance, Arguments())
            instance = after if isinstance(after, Instance) else instance
    return instance


_NESTED = 4
"""How deep modules in fields of modules are prepared."""


def _prepared(t: Tracer, frame: Frame, node: nodes.NodeNG, field: Value, depth: int) -> Value:
    match field:
        case Instance():
            return prepare(t, frame, node, field, depth + 1)
        case Tuple(items):
            return Tuple(tuple(_prepared(t, frame, node, item, depth) for item in items))
        case List(items=tuple(items)):
            return replace(field, items=tuple(_prepared(t, frame, node, item, depth) for item in items))
    return field


def initialisers(cls: Value) -> tuple[str, ...]:
    """The methods that the library bases of a class run before any other."""
    for base in cls.mro if isinstance(cls, Class) else ():
        if isinstance(base, External) and isinstance(base.meaning, LibraryClass) and base.meaning.initialisers:
            return base.meaning.initialisers
    return ()


__all__ = ["call_caller", "initialisers", "lessen", "make_callers", "prepare"]
