"""What a random program is, what running it gave, and what linting it gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Place = tuple[str, int]
"""A file of the program, and a line in it."""

MAIN = "main.py"


@dataclass(frozen=True, slots=True)
class Program:
    """Source files by name. The expression statements at the end of `main.py` are its entries: each is run by itself."""

    files: Mapping[str, str]

    def line(self, place: Place) -> str:
        """The code at a place."""
        file, line = place
        return self.files[file].splitlines()[line - 1].strip()

    def __str__(self) -> str:
        return "\n".join(f"# {name}\n{text}" for name, text in sorted(self.files.items()))


@dataclass(frozen=True, slots=True)
class Raised:
    """The exception that ended an entry; `frames` are the program's own, the innermost last."""

    kind: str
    message: str
    frames: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, called twice.

    Attributes:
        first, second: the lines that ran in the first and in the second call.
        raised: what ended the first call.
        keys: what JAX's checker of keys raised, which looks at a call of its own.
        leaks: what JAX's checker of leaks raised, in a call of its own.
        checked: the lines that ran in these calls, which keep no trace of earlier ones.
        printed: where a tracer was printed.
        again: where the second call made JAX trace anew.
        retraced: where that call made JAX trace the same function more than once: the lines that led there.
    """

    first: frozenset[Place]
    second: frozenset[Place]
    raised: Raised | None
    keys: Raised | None = None
    leaks: Raised | None = None
    checked: frozenset[Place] = frozenset()
    printed: frozenset[Place] = frozenset()
    again: frozenset[Place] = frozenset()
    retraced: tuple[tuple[Place, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What running a program gave; `broken` says why nothing can be told of it (it hangs, or its definitions raise)."""

    entries: tuple[Entry, ...] = ()
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of a place."""

    place: Place
    symbol: str
    severity: str
    text: str
