"""What a function does to the keys and buffers of its callers, as part of its summary.

Before the walk, what happened to the objects that it is given comes in with them (a donated array is donated inside,
too); after it, what happened to objects of the code around is repeated for the objects of the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace import events, keys
from jaxlint.trace.events import Event, Events, Fate, Record, Told
from jaxlint.trace.identity import identities, is_made_in, is_parameter, with_buffers
from jaxlint.values import Identity, Value

if TYPE_CHECKING:
    from jaxlint.trace.binding import Arguments, Parameters
    from jaxlint.trace.context import Context
    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.tracer import Tracer
    from jaxlint.values import Function

_COMES_IN = (Fate.DONATED, Fate.SHARED, Fate.IN_FLIGHT)
"""What a callee must know of its arguments. That a key was consumed is told at the call instead."""


def incoming(frame: Frame, actual: dict[object, Identity]) -> Events:
    """What happened before the call to the objects that it is given, by their slots."""
    told: Events = {}
    for slot, identity in actual.items():
        for fate in _COMES_IN:
            event = frame.env.get(Record(fate, identity))
            if isinstance(event, Event) and event.precedes(frame):
                told[Record(fate, Identity(slot))] = Event(event.node, 0, True, event.origin)
    return told


def outgoing(env: Env, function: nodes.NodeNG, came_in: Events) -> Iterator[Told]:
    """What the walk of a function has done to objects that others know."""
    for record, event in events.events(env):
        own = is_made_in(function, record.identity) and not is_parameter(function, record.identity)
        if not own and came_in.get(record) is not event:
            yield record, event


def replaced(given: dict[str, Value], changed: tuple[tuple[str, Value], ...]) -> set[Identity]:
    """What objects held before the call, and hold no more: `self.key, k = split(self.key)`.

    Only other names of such an object could reach it still, and the object that they name has changed as well.
    """
    gone: set[Identity] = set()
    for name, value in changed:
        gone |= set(identities(given[name])) - set(identities(value))
    return gone


def repeat(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    told: tuple[Told, ...],
    names: Callable[[Identity], Identity | None],
) -> None:
    """The call at `node` does to the caller's objects what its summary tells."""
    for record, event in told:
        if record.fate is Fate.AWAITED:
            events.await_all(frame, node)
            continue
        if record.fate is Fate.STARTED:
            if event.surely:
                events.start(frame, node, event.origin)
            continue
        if record.fate is Fate.TIMED:
            continue  # how long a function takes is its own business
        if record.fate in (Fate.WRITTEN, Fate.DRAWN, Fate.DISPATCHED):
            events.note(frame, record.fate, record.identity, node, event.origin, surely=event.surely)
            continue
        if record.fate is Fate.FIXED:
            keys.fixed_by_call(t, frame, node, event)
            continue
        identity = names(record.identity)
        if identity is None:
            continue
        if record.fate is Fate.CONSUMED:
            keys.consumed_by_call(t, frame, node, identity, event)
        else:
            events.note(frame, record.fate, identity, node, event.origin, event.detail, event.surely)


# ------------------------------------------------------------------------------------------------ parameters


def environment(
    t: Tracer, function: Function, bound: dict[str, Value], context: Context, came_in: Events
) -> Env:
    """The names that a function starts with, and what happened to what they hold.

    Outside of traces, arrays that no caller has a name for can be told apart from here on.
    """
    env: Env = {}
    single = t.parameters(function.node).single if context.depth == 0 else ()
    for name, value in bound.items():
        env[name] = with_buffers(value, _numbered(function.node, name)) if name in single else value
    for record, event in came_in.items():
        env[record] = event
    return env


def _numbered(function: nodes.NodeNG, name: str) -> Callable[[], Identity]:
    """A new identity for each array of a parameter."""
    numbers = count()
    return lambda: Identity((function, name, next(numbers)))


def parameters_given(
    frame: Frame, node: nodes.NodeNG, parameters: Parameters, function: Function, arguments: Arguments
) -> dict[object, Identity]:
    """Which parameters of the caller are handed on as parameters of the callee, as they are: unknown, yet the same."""
    if not isinstance(node, nodes.Call) or not arguments.is_exact:
        return {}
    names = parameters.positional
    if len(arguments.nodes) < len(arguments.positional):
        names = names[len(arguments.positional) - len(arguments.nodes) :]  # bound to a receiver
    given = dict(zip(names, arguments.nodes, strict=False))
    given |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg is not None}
    found = {name: keys.parameter_identity(frame, expression) for name, expression in given.items()}
    return {(function.node, name): identity for name, identity in found.items() if identity is not None}
