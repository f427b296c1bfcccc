"""Frames: a function, class body or module being walked, with the names bound so far.

A frame is what Python calls by that name. Its `env` is replaced by a copy where control flow forks and joined where it
meets again; closures look names up in the frame itself, so they see the binding of the moment, as in Python.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jaxlint.trace.context import Context
from jaxlint.trace.events import Event, Record, meet
from jaxlint.values import NEVER, UNKNOWN, Class, Function, Value, join
from jaxlint.values.immutable import Symbol

if TYPE_CHECKING:
    from astroid import nodes

Env = dict[str | Record, Value]
"""Names and their values, and what happened to keys and buffers on the way (see `jaxlint.trace.events`)."""


class Expects(Symbol):
    """Whether code waits for the errors that JAX raises for tracers: `except TypeError`, `pytest.raises(…)`."""

    NOTHING = "nothing"
    HERE = "here"
    IN_CALLS = "in what is called, too"


class FrameKind(Symbol):
    """What is being walked."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"


@dataclass(slots=True)
class LoopExits:
    """Where `break` and `continue` leave the innermost loop: the environments they leave with.

    `counts_steps` says that the loop repeats one thing, so that nothing in its body differs by what it iterates over.
    `walks` is how often its body is walked, at most, times the same of the loops around it; `steps` how often it runs,
    where that is known.
    """

    counts_steps: bool = False
    walks: int = 1
    steps: int | None = None
    breaks: list[Env] = field(default_factory=list)
    continues: list[Env] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Frame:
    """One walk of one body.

    Attributes:
        kind: module, class or function.
        module: the frame of the module that the code stands in; the module's own frame for itself.
        module_name: that module's dotted name.
        parent: the frame in which names are looked up next (never a class body); None for modules.
        context: the traces open around this code; while a transformed function is called, those around that.
        traces: how many traces were open when the walk began.
        expects: whether the code waits for the errors that JAX raises for tracers.
        coarse: whether the arguments stand for ways of being called that nobody may use together, because there were
            too many to keep apart; nothing is observed then.
        function: the function that is walked.
        local_names: the names that the body binds.
        env: what the names are bound to at this moment.
        caller, call_node: who called, to tell the chain of calls.
        owner: the class that `super()` starts from.
        later: the blocks of a module that are walked once all else in it was: `if TYPE_CHECKING:`.
        parts: under which records something happened to one object out of a batch, by what made the batch.
    """

    kind: FrameKind
    module_name: str
    parent: Frame | None
    context: Context
    function: Function | None = None
    local_names: Set[str] = frozenset()
    env: Env = field(default_factory=dict)
    caller: Frame | None = None
    call_node: nodes.NodeNG | None = None
    owner: Class | None = None
    cls: Class | None = None
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)
    returned: Value = NEVER
    yielded: Value = NEVER
    is_generator: bool = False
    returns: list[Env] = field(default_factory=list)
    loops: list[LoopExits] = field(default_factory=list)
    made: dict[object, int] = field(default_factory=dict)
    parts: dict[object, dict[Record, None]] = field(default_factory=dict)
    later: list[nodes.If] = field(default_factory=list)
    mutated: set[str] = field(default_factory=set)
    rebound: set[str] = field(default_factory=set)
    branch_depth: int = 0
    statements: int = 0
    depth: int = 0
    expects: Expects = Expects.NOTHING
    coarse: bool = False
    traces: int = field(init=False)

    def __post_init__(self) -> None:
        self.traces = self.context.depth

    @property
    def module(self) -> Frame:
        """The frame of the module that the code stands in."""
        frame = self
        while frame.parent is not None:
            frame = frame.parent
        return frame

    def walks(self, steps: int) -> int:
        """How often the body of a loop with so many steps is walked, those of the loops around it counted in."""
        return steps * (self.loops[-1].walks if self.loops else 1)

    @property
    def name(self) -> str:
        """How messages name what is walked."""
        if self.function is not None:
            return self.function.name
        return self.cls.name if self.cls is not None else self.module_name

    def owner_of(self, name: str) -> Frame | None:
        """The frame that a name is bound in, None for builtins and names that nothing binds."""
        frame = self
        while frame.parent is not None:
            if name in frame.global_names:
                return frame.module
            if (name in frame.env or name in frame.local_names) and name not in frame.nonlocal_names:
                return frame
            frame = frame.parent
        return frame if name in frame.env or name in frame.local_names else None

    def find(self, name: str) -> Value | None:
        """The value of a name; None when nothing binds it, Unknown when it may not be bound yet."""
        value = self.env.get(name)
        if value is not None and not self.nonlocal_names:
            return value
        owner = self.owner_of(name)
        return None if owner is None else owner.env.get(name, UNKNOWN)

    def lookup(self, name: str) -> Value:
        """The value of a name, Unknown when nothing is known of it."""
        value = self.find(name)
        return UNKNOWN if value is None else value

    def bind(self, name: str, value: Value) -> Frame:
        """Bind a name as an assignment in this body does; returns the frame in which it was bound."""
        if name in self.global_names:
            owner = self.module
            owner.env[name] = join(owner.env.get(name, NEVER), value)
            return owner
        if name in self.nonlocal_names:
            found = self.parent.owner_of(name) if self.parent is not None else None
            if found is not None:
                found.env[name] = value
                return found
        self.env[name] = value
        return self


def join_envs(a: Env | None, b: Env | None) -> Env | None:
    """The environment where two ways meet; None stands for a way that does not arrive."""
    if a is None or a is b:
        return b
    if b is None:
        return a
    joined = a.copy()
    for name, value in b.items():
        other = a.get(name)
        if other is value:
            continue
        if other is None:
            # A name that only one way binds: reading it on the other way raises NameError, so what is there counts.
            joined[name] = value.maybe() if isinstance(value, Event) else value
        elif isinstance(other, Event):
            joined[name] = meet(other, value) if isinstance(value, Event) else other.maybe()
        else:
            joined[name] = join(other, value)
    for name in a.keys() - b.keys():
        value = a[name]
        if isinstance(value, Event):
            joined[name] = value.maybe()
    return joined
