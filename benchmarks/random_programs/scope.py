"""Where a statement stands in a random program: the names that it may use, the functions that it may call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from random_programs.kinds import NAMES, Kind


@dataclass(frozen=True, slots=True)
class Function:
    """Something that can be called: `call` is how the code names it, with a name for each parameter."""

    call: str
    parameters: tuple[tuple[str, Kind], ...]
    returns: Kind


@dataclass(slots=True)
class Scope:
    """The names in reach.

    Attributes:
        random: where all choices come from.
        names: what can be read, by kind.
        functions: what can be called.
        risk: how likely a statement is one of those that JAX may refuse.
        used: every name that is taken.
    """

    random: Random
    functions: Sequence[Function] = ()
    risk: float = 0.1
    names: dict[str, Kind] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def inner(self) -> Scope:
        """A scope within this one; what is bound there is not known here."""
        return Scope(self.random, self.functions, self.risk, dict(self.names), self.used)

    def of(self, *kinds: Kind) -> list[str]:
        """The names that hold one of these kinds."""
        return [name for name, kind in self.names.items() if kind in kinds]

    def has(self, *kinds: Kind) -> bool:
        """Whether there is a name of each of these kinds."""
        return all(kind in self.names.values() for kind in kinds)

    def has_any(self, *kinds: Kind) -> bool:
        """Whether there is a name of one of these kinds."""
        return any(kind in self.names.values() for kind in kinds)

    def a(self, kind: Kind) -> str:
        """Some name of a kind."""
        return self.random.choice(self.of(kind))

    def fresh(self, kind: Kind) -> str:
        """A name that is not taken, as people would call such a value."""
        name = self.random.choice(NAMES[kind])
        number = 1
        while (known := name if number == 1 else f"{name}{number}") in self.used:
            number += 1
        self.used.add(known)
        return known

    def bind(self, kind: Kind) -> str:
        """A name for a new value of this kind: a new one, or one that holds such a value already."""
        if (old := self.of(kind)) and kind is not Kind.KEY and self.random.random() < 0.4:
            return self.random.choice(old)
        name = self.fresh(kind)
        self.names[name] = kind
        return name
