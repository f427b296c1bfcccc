"""What code asks of a framework's call around it: collections that it writes, streams of random numbers that it draws from.

    nn.BatchNorm(use_running_average=False)(x)      # WRITTEN, "batch_stats"
    model.apply(variables, x)                       # asks what was written and drawn meanwhile

They are events, so that what happens on one of several ways only is known as such, and what a function does is
told to each of its callers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.model.schema import Asks, Demand, ObjectResult, Operation
from jaxlint.trace import events
from jaxlint.trace.events import Fate, Record
from jaxlint.values import NONE, TRUE, Const, Fields, Identity, Instance, Ref, Value

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.binding import Arguments
    from jaxlint.trace.frame import Frame

_FATES = {Asks.WRITE: Fate.WRITTEN, Asks.KEY: Fate.DRAWN}

Asked = tuple[tuple[str, "nodes.NodeNG"], ...]
"""Names of collections or streams, and where the code is that asks for them."""


def ask(frame: Frame, node: nodes.NodeNG, operation: Operation, arguments: Arguments, receiver: Value | None) -> None:
    """A method is called: what it surely asks for is noted."""
    for demand in operation.demands:
        name = _name(demand, operation, arguments, receiver)
        if name is not None:
            events.note(frame, _FATES[demand.asks], Identity(name), node)


def write(frame: Frame, node: nodes.NodeNG, target: Ref) -> None:
    """A mutable array is written to."""
    if target.collection:
        events.note(frame, Fate.WRITTEN, Identity(target.collection), node)


def _name(demand: Demand, operation: Operation, arguments: Arguments, receiver: Value | None) -> str | None:
    """The name of what is asked for; None where it is not sure that it is."""

    def given(name: str) -> Value | None:
        value = arguments.named(operation.parameters, name)
        if value in (None, NONE):
            return receiver.fields.get(name) if isinstance(receiver, Instance) else None
        return value

    if demand.flag and given(demand.flag) != Const(demand.value):
        return None
    if demand.unless and given(demand.unless) not in (None, NONE):
        return None
    if demand.share:
        match given(demand.share):
            case Const(float() as share) if 0.0 < share < 1.0:
                pass
            case _:
                return None
    if not demand.named:
        return demand.name
    match given(demand.named):
        case None:
            return demand.name or None
        case Const(str() as name):
            return name
    return None


def asked(frame: Frame, fate: Fate) -> Asked:
    """What was surely asked for since `begin`."""
    found = [(r.identity.source, e) for r, e in events.events(frame.env) if r.fate is fate and e.surely]
    return tuple((name, event.origin) for name, event in found if isinstance(name, str))


def begin(frame: Frame) -> events.Events:
    """A call of a framework begins: what was asked for before is none of its business."""
    before = {r: e for r, e in events.events(frame.env) if r.fate in (Fate.WRITTEN, Fate.DRAWN)}
    for record in before:
        del frame.env[record]
    return before


def end(frame: Frame, before: events.Events) -> None:
    """It has ended, and what was asked for is served or refused."""
    served: list[Record] = [r for r, _ in events.events(frame.env) if r.fate in (Fate.WRITTEN, Fate.DRAWN)]
    for record in served:
        del frame.env[record]
    events.put(frame, before)


_ASKS = "asks for"
_CHANGES = "changes its state"
_TUPLES = "keeps a tuple"


def contract(row: ObjectResult, arguments: Arguments) -> Fields:
    """What is known of a library's object beyond its class, kept among its fields under names that no attribute has."""
    asks, changes = row.asks, row.changes
    if row.gathers:
        asks = next(filter(None, map(asked_by, arguments.positional)), "")
        changes = any(map(changes_state, arguments.positional))
    marks = {_CHANGES: changes, _TUPLES: row.tuples}
    known: dict[str, Value] = {name: TRUE for name, holds in marks.items() if holds}
    return Fields(known | {_ASKS: Const(asks)} if asks else known)


def asked_by(value: Value | None) -> str:
    """The parameter that the methods of an object must be given; "" for none, or when that is not known."""
    asks = value.fields.get(_ASKS) if isinstance(value, Instance) else None
    return str(asks.value) if isinstance(asks, Const) else ""


def changes_state(value: Value | None) -> bool:
    """Whether the state that an object's methods return surely is another one than they were given."""
    return isinstance(value, Instance) and value.fields.get(_CHANGES) == TRUE


def keeps_tuple(value: Value | None) -> bool:
    """Whether the state that an object's methods take and return surely is a tuple."""
    return isinstance(value, Instance) and value.fields.get(_TUPLES) == TRUE
