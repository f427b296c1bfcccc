"""What became of keys and buffers on the way to the statement being walked.

Events are part of the environment, under a `Record`, so that they fork and join with control flow as bindings do. What
a function does to the objects that it is given is part of its summary, and repeated for the objects of each caller.

    x = jnp.ones(3)
    y = step(x)          # step = jit(f, donate_argnums=0): DONATED, x
    x + y                # whoever asks now whether x was donated is told where
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.values import Identity, Value
from jaxlint.values.immutable import Symbol, immutable

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Env, Frame


class Fate(Symbol):
    """What may happen to an object, so that it matters later."""

    CONSUMED = "consumed"  # a key: drawn from, or split
    SPLIT = "split"  # a key: split into `detail` keys
    FOLDED = "folded in"  # a key: another one was derived with the number `detail`
    FIXED = "fixed"  # a call that makes a key from a constant seed: the key was drawn from, so each time alike
    DONATED = "donated"  # an array: its buffer was given to a computation
    SHARED = "shared"  # a NumPy buffer: a JAX array uses its memory
    IN_FLIGHT = "in flight"  # a NumPy buffer: a computation that may not have read it yet was started on it
    STARTED = "started"  # nothing in particular: JAX chose its devices and started their threads
    WRITTEN = "written"  # a collection of variables, by its name: code writes into it
    DRAWN = "drawn"  # a stream of a framework's random numbers, by its name: code draws from it
    DISPATCHED = "dispatched"  # nothing in particular: a computation was started, and need not be done
    TIMED = "timed"  # nothing in particular: the clock was read
    AWAITED = "awaited"  # nothing in particular: the program waited for what was computed


@immutable(frozen=True, slots=True)
class Record:
    """Under which key of an environment an event stands."""

    fate: Fate
    identity: Identity


ANYTHING = Identity("everything in flight")
"""What AWAITED, DISPATCHED and TIMED are about."""

BACKEND = Identity("the backend")
"""What STARTED is about."""


@immutable(frozen=True, slots=True)
class Event(Value):
    """Something happened to an object.

    Attributes:
        node: where, in the function that keeps the event: a call, where the object was passed on.
        depth: the nesting of branches at which the ways met.
        surely: False where only one of the ways that met did it. A later event nested deeper may belong to the other
            way (`if a: …` and later `if not a: …`), so it is not told; one that is not nested deeper follows both.
        origin: where in the end, in whatever function.
        detail: see `Fate`.
    """

    node: nodes.NodeNG
    depth: int
    surely: bool
    origin: nodes.NodeNG
    detail: int | None = None

    def maybe(self) -> Event:
        """The event after its way met one without it."""
        return Event(self.node, max(self.depth - 1, 0), False, self.origin, self.detail)

    def precedes(self, frame: Frame) -> bool:
        """Whether the event surely came before what is walked now."""
        return self.surely or frame.branch_depth <= self.depth


def meet(a: Event, b: Event) -> Event:
    """The event where two ways that both had one meet."""
    detail = a.detail if a.detail == b.detail else None
    return Event(a.node, min(a.depth, b.depth), a.surely and b.surely, a.origin, detail)


Told = tuple[Record, Event]


def note(
    frame: Frame,
    fate: Fate,
    identity: Identity,
    node: nodes.NodeNG,
    origin: nodes.NodeNG | None = None,
    detail: int | None = None,
    surely: bool = True,
) -> None:
    """Record that something happens here."""
    record = Record(fate, identity)
    frame.env[record] = Event(node, frame.branch_depth, surely, origin or node, detail)
    if identity.path:
        frame.parts.setdefault(identity.source, {})[record] = None


def find(frame: Frame, fate: Fate, identity: Identity) -> Event | None:
    """The event of an object, of a batch that it was taken from, or of one taken from it."""
    env = frame.env
    path = identity.path
    for length in range(len(path), -1, -1):
        known = env.get(Record(fate, Identity(identity.source, path[:length])))
        if isinstance(known, Event):
            return known
    for record in frame.parts.get(identity.source, ()):
        if record.fate is fate and record.identity.path[: len(path)] == path:
            known = env.get(record)
            if isinstance(known, Event):
                return known
    return None


def events(env: Env) -> list[Told]:
    """The events that an environment holds."""
    return [(record, event) for record, event in env.items() if type(record) is Record and type(event) is Event]


def settle(frame: Frame) -> None:
    """The program waits for what it started: nothing is in flight any more."""
    for record in [record for record, _ in events(frame.env) if record.fate in (Fate.IN_FLIGHT, Fate.DISPATCHED)]:
        del frame.env[record]


def await_all(frame: Frame, node: nodes.NodeNG) -> None:
    """The program waits here for what it started; callers are told."""
    if frame.context.depth == 0:
        settle(frame)
        note(frame, Fate.AWAITED, ANYTHING, node)


def start(frame: Frame, node: nodes.NodeNG, origin: nodes.NodeNG | None = None) -> None:
    """JAX has to choose its devices here, where it did not before."""
    if frame.context.depth == 0 and Record(Fate.STARTED, BACKEND) not in frame.env:
        note(frame, Fate.STARTED, BACKEND, node, origin)


def started(frame: Frame) -> nodes.NodeNG | None:
    """What made JAX choose its devices before this point: in this function, or while its module was imported."""
    for each in (frame, frame.module):
        event = find(each, Fate.STARTED, BACKEND)
        if event is not None and event.surely:
            return event.origin
    return None


# ------------------------------------------------------------------------------------------------ ways of a trace


Events = dict[Record, Event]


def take(frame: Frame, before: Events) -> Events:
    """Take out of the environment what happened since `before`: one of several bodies of which only one will run."""
    since = {record: event for record, event in events(frame.env) if before.get(record) is not event}
    for record in since:
        if record in before:
            frame.env[record] = before[record]
        else:
            del frame.env[record]
    return since


def put(frame: Frame, way: Events) -> None:
    """What a body did has happened."""
    for record, event in way.items():
        frame.env[record] = event


def put_one_of(frame: Frame, ways: list[Events]) -> None:
    """One of the bodies runs: what all of them do surely happens, the rest perhaps."""
    for record in dict.fromkeys(record for way in ways for record in way):
        found = [way[record] for way in ways if record in way]
        event = found[0]
        for other in found[1:]:
            event = meet(event, other)
        frame.env[record] = event if len(found) == len(ways) else event.maybe()
