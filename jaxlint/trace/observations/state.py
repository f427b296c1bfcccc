"""What outlives a call: writes to outer state, stale reads, buffers that were given away, keys that were consumed."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from jaxlint.trace.observations.base import Observation
from jaxlint.values import Value
from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.values import Array, Location, NumPyArray


class Target(Enum):
    """Where a value goes that outlives the call of the traced function."""

    GLOBAL = "global"
    NONLOCAL = "nonlocal"
    ATTRIBUTE = "attribute"  # of an object made outside of the trace
    CLASS = "class attribute"
    CONTAINER = "container"  # a list, dict, set made outside of the trace
    ARGUMENT = "argument"  # a container or object that JAX rebuilt: the change is lost
    MODULE = "module attribute"
    CACHE = "cache"  # what a function under `functools.cache` returns


@immutable(frozen=True, slots=True)
class Escape(Observation):
    """Code under a trace writes `value` into something that outlives the trace.

    Attributes:
        name: how the code calls it.
        owner: the object that is changed; Unknown for a name that is bound.
        made: how many traces were open where it was made.
        place: the expression that holds it, None for a name that is bound.
    """

    target: Target
    name: str
    value: Value
    owner: Value
    made: int
    place: nodes.NodeNG | None = None


@immutable(frozen=True, slots=True)
class StaleRead(Observation):
    """Code whose trace is kept reads `name`, which has been bound anew at `rebound` since that trace."""

    name: str
    rebound: Location


@immutable(frozen=True, slots=True)
class IteratorAdvance(Observation):
    """`next(it)`, or a loop over an iterator that was made outside of the trace."""

    value: Value
    made: int


@immutable(frozen=True, slots=True)
class DonatingCall(Observation):
    """A call gives the buffers of `arrays` away.

    `others` are its further arguments, `unusable` the arrays that surely fit no output.
    """

    arrays: tuple[Array, ...]
    others: tuple[Value, ...]
    unusable: tuple[Array, ...]


@immutable(frozen=True, slots=True)
class BufferWrite(Observation):
    """Code writes into a NumPy array that was handed to JAX at `handed`.

    `shares` when a JAX array uses its memory; else a computation was started that may not have read it yet.
    """

    target: NumPyArray
    handed: nodes.NodeNG
    shares: bool


@immutable(frozen=True, slots=True)
class TimedRegion(Observation):
    """The clock is read at `node` after it was read at `start`, and what was started at `call` need not be done.

    Both readings stand in the same function; nothing between the call and the second one waits for JAX.
    """

    start: nodes.NodeNG
    call: nodes.NodeNG


class KeyTrouble(Enum):
    """What is wrong with the use of a key."""

    REUSED = "reused"  # consumed a second time
    REPEATED = "repeated"  # captured by a body that runs more than once
    BROADCAST = "broadcast"  # the same key in every lane of a map
    MIXED = "mixed"  # split and folded in
    CONSTANT = "constant"  # made from a constant seed by code that runs once for many; `node` made it


@immutable(frozen=True, slots=True)
class KeyMisuse(Observation):
    """A key is consumed that was consumed before. `first` is the place of the earlier consumption."""

    trouble: KeyTrouble
    key: Array
    first: nodes.NodeNG | None
