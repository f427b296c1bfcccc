"""Staleness: what a kept trace read, and was bound anew since.

    scale = 1.0
    f(x)              # f is jitted: its trace reads `scale`
    scale = 2.0       # the trace is stale
    f(x)              # runs it all the same

JAX keeps the trace of a function, of a loop's body, of a branch by the function's identity, so a function that is made
anew is traced anew. The journal follows one run of the program at a time; it forks and joins with control flow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.trace.observations import StaleRead
from jaxlint.trace.once import is_called_once, runs_once
from jaxlint.values import Class, Const, External, Function, Instance, Location, Module, Transformed, Value
from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from jaxlint.trace.tracer import Tracer

EVENT_LIMIT = 64
"""Reads and bindings that a summary repeats for later callers; a function that has more is not followed further."""


@immutable(frozen=True, slots=True)
class Place:
    """Something that can be bound anew: a name of a scope, an attribute of the objects of a class, an item of a dict.

    `scope` is a module's name, a frame, or a class; `key` is set for an item of the dict that the name holds.
    """

    scope: object
    name: str
    key: object = None


@immutable(frozen=True, slots=True)
class Read:
    """Code whose trace is kept read the place; `keeper` is the tree of the function by which the trace is kept."""

    place: Place
    node: nodes.NodeNG
    frame: Frame = field(compare=False)
    keeper: nodes.NodeNG
    value: Value = field(compare=False)


@immutable(frozen=True, slots=True)
class Bound:
    """Code outside of traces bound the place."""

    place: Place
    location: Location
    value: Value = field(compare=False)


@immutable(frozen=True, slots=True)
class Made:
    """A nested function was made: traces that were kept for the one before are not used any more."""

    node: nodes.NodeNG


@immutable(frozen=True, slots=True)
class Built:
    """An object of a class was made: what is set from now on may be this one's, of which no trace knows."""

    cls: Class


Event = Read | Bound | Made | Built


@immutable(frozen=True, slots=True)
class State:
    """What kept traces have read so far, and where that was bound anew."""

    reads: Mapping[Place, frozenset[Read]] = field(default_factory=dict)
    stale: Mapping[Read, Location] = field(default_factory=dict)

    def join(self, other: State) -> State:
        """What may have happened where two ways meet."""
        if self is other:
            return self
        reads = dict(self.reads)
        for place, seen in other.reads.items():
            reads[place] = reads.get(place, frozenset()) | seen
        return State(reads, {**self.stale, **other.stale})


@dataclass(slots=True)
class Journal:
    """What happens in one run of the program, in order."""

    state: State = field(default_factory=State)
    events: list[Event] = field(default_factory=list)

    def begin(self) -> None:
        """Another run begins, which does not follow the one before."""
        self.state = State()
        self.events.clear()

    def since(self, start: int) -> tuple[Event, ...]:
        """The events from a position on, for a summary."""
        events = self.events[start:]
        return tuple(events) if len(events) <= EVENT_LIMIT else ()

    def note(self, t: Tracer, event: Event) -> None:
        """Something happens."""
        self.events.append(event)
        match event:
            case Read():
                self._read(t, event)
            case Bound():
                self._bound(event)
            case Made(node):
                if self.state.reads:
                    self._made(node)
            case Built(cls):
                if self.state.reads:
                    self._built(cls)

    def repeat(self, t: Tracer, keeper: nodes.NodeNG | None, events: tuple[Event, ...]) -> None:
        """What a function did before happens again, under a trace that is kept by `keeper`."""
        for event in events:
            if keeper is not None and isinstance(event, Read):
                self.note(t, Read(event.place, event.node, event.frame, keeper, event.value))
            else:
                self.note(t, event)

    def _read(self, t: Tracer, read: Read) -> None:
        rebound = self.state.stale.get(read)
        if rebound is not None:
            t.observe(StaleRead(read.node, read.frame, read.place.name, rebound))
            return
        seen = self.state.reads.get(read.place, frozenset())
        if read not in seen:
            self.state = State({**self.state.reads, read.place: seen | {read}}, self.state.stale)

    def _bound(self, bound: Bound) -> None:
        stale = {
            read: bound.location
            for read in self.state.reads.get(bound.place, ())
            if not (isinstance(read.value, Const) and read.value == bound.value)
        }
        if stale:
            self.state = State(self.state.reads, {**self.state.stale, **stale})

    def _made(self, node: nodes.NodeNG) -> None:
        reads = {
            place: kept
            for place, seen in self.state.reads.items()
            if (kept := frozenset(read for read in seen if read.keeper is not node))
        }
        stale = {read: location for read, location in self.state.stale.items() if read.keeper is not node}
        self.state = State(reads, stale)

    def _built(self, cls: Class) -> None:
        reads = {place: seen for place, seen in self.state.reads.items() if place.scope is not cls}
        stale = {read: location for read, location in self.state.stale.items() if read.place.scope is not cls}
        self.state = State(reads, stale)


# ------------------------------------------------------------------------------------------------ what is noted


def scope_of(frame: Frame) -> object:
    """The scope of the names that a frame binds: a module is one, however often it is walked."""
    return frame.module_name if frame.parent is None else frame


def read_in_trace(t: Tracer, frame: Frame, node: nodes.NodeNG, place: Place, value: Value) -> None:
    """Code under a trace reads a place of the code around."""
    keeper = frame.context.keeper
    if keeper is not None and not isinstance(value, Function | Class | Module | External | Transformed):
        t.journal.note(t, Read(place, node, frame, keeper, value))


def bound_outside(t: Tracer, frame: Frame, node: nodes.NodeNG, place: Place, value: Value) -> None:
    """Code outside of every trace binds a place."""
    # Only a function may do so again, and for whatever runs of the program come first.
    again = frame.context.depth == 0 and (frame.function is not None or place in t.journal.state.reads)
    if again and not runs_once(node) and not is_called_once(frame, node.as_string()):
        t.journal.note(t, Bound(place, Location(frame.module_name, node.lineno or 0), value))


def made_anew(t: Tracer, frame: Frame, node: nodes.NodeNG) -> None:
    """A function is made while another one runs, or a lambda anywhere but at the top of a module."""
    if frame.context.depth == 0:
        t.journal.note(t, Made(node))


def built(t: Tracer, frame: Frame, cls: Class) -> None:
    """An object of a class is made while the program runs."""
    if frame.context.depth == 0 and (t.set_later.get(cls) or cls not in t.set_later):
        t.journal.note(t, Built(cls))


def is_argument(frame: Frame, expression: nodes.NodeNG) -> bool:
    """Whether an expression of traced code is an object that the traced function was given as it is: static, or `self`."""
    given = _parameter(frame, expression.name) if isinstance(expression, nodes.Name) else None
    while frame.caller is not None and frame.caller.traces == frame.traces:
        frame = frame.caller
    if not isinstance(given, Instance) or frame.function is None:
        return False
    held = (_parameter(frame, name.name) for name in frame.function.node.args.nodes_of_class(nodes.AssignName))
    return any(isinstance(value, Instance) and value.cls == given.cls for value in held)


def _parameter(frame: Frame, name: str) -> Value | None:
    """What a parameter of the function that a frame walks holds; None for other names."""
    if frame.function is None or frame.owner_of(name) is not frame:
        return None
    names = {place.name for place in frame.function.node.args.nodes_of_class(nodes.AssignName)}
    return frame.lookup(name) if name in names else None


def is_made_anew(frame: Frame, function: Value) -> bool:
    """Whether the code being walked finds another function object each time that it runs, and so a trace of its own.

    The function was made by a run that is still going on and does not come here twice, or by a call from here.
    """
    closure = function.closure if isinstance(function, Function) else None
    if not isinstance(closure, Frame) or closure.kind is not FrameKind.FUNCTION:
        return False
    running: Frame | None = frame
    while running is not None and not running.loops:
        if running is closure:
            return True
        running = running.caller
    maker = closure.caller
    while maker is not None and not frame.loops:
        if maker is frame or (frame.function is not None and maker.function == frame.function):
            return True
        maker = maker.caller
    return False
