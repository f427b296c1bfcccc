"""Places where a name is bound, and what was seen there: what the program's process writes and the command reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path


class ObservationError(Exception):
    """What was asked for cannot be observed; the message says why."""


class Held(Enum):
    """What a value is, by its worst leaf as a pytree; from the most abstract to the least."""

    TRACED = "traced"  # a tracer that hides its value
    CONCRETE_TRACER = "concrete tracer"  # one that has it: under `grad` or `jvp` alone
    ARRAY = "array"
    NUMPY = "numpy"
    STATIC = "static"

    @staticmethod
    def worst(kinds: Iterable[Held]) -> Held:
        """The most abstract of several; static of none."""
        return min(kinds, key=_ORDER.__getitem__, default=Held.STATIC)


_ORDER = {held: place for place, held in enumerate(Held)}


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a name is bound; lines count from 1, columns from 0 in UTF-8 bytes, as in `ast`."""

    path: str
    line: int
    column: int
    name: str
    function: str
    """The qualified name of the function, empty in a module's body."""


@dataclass(slots=True)
class Seen:
    """What a place held: how often it was executed, and of which kind the values were that were looked at."""

    executions: int = 0
    held: dict[Held, int] = field(default_factory=dict)

    @property
    def always_traced(self) -> bool:
        """Whether every value was a tracer that hides what it is."""
        return self.held.keys() == {Held.TRACED}

    @property
    def never_traced(self) -> bool:
        """Whether no value was."""
        return bool(self.held) and Held.TRACED not in self.held

    def __str__(self) -> str:
        return ", ".join(f"{held.value} {count}" for held, count in sorted(self.held.items(), key=lambda h: _ORDER[h[0]]))


@dataclass(frozen=True, slots=True)
class Record:
    """A place with what it held while a trace was open, and at all other times."""

    site: Site
    tracing: Seen = field(default_factory=Seen)
    otherwise: Seen = field(default_factory=Seen)

    def to_json(self) -> str:
        """One line of text."""

        def plain(seen: Seen) -> dict[str, object]:
            return {"executions": seen.executions, "held": {held.value: count for held, count in seen.held.items()}}

        return json.dumps(asdict(self.site) | {"tracing": plain(self.tracing), "otherwise": plain(self.otherwise)})

    @staticmethod
    def from_json(line: str) -> Record:
        """What `to_json` wrote."""
        row = json.loads(line)

        def seen(name: str) -> Seen:
            part = row.pop(name)
            return Seen(part["executions"], {Held(held): count for held, count in part["held"].items()})

        tracing, otherwise = seen("tracing"), seen("otherwise")
        return Record(Site(**row), tracing, otherwise)


@dataclass(frozen=True, slots=True)
class Order:
    """What the program's process is told: the command, the files to observe, where to write the records."""

    command: tuple[str, ...]
    observed: tuple[Path, ...]
    output: Path

    def to_json(self) -> str:
        """The order as text."""
        return json.dumps(
            {"command": self.command, "observed": [str(path) for path in self.observed], "output": str(self.output)}
        )

    @staticmethod
    def from_json(text: str) -> Order:
        """What `to_json` wrote."""
        row = json.loads(text)
        return Order(tuple(row["command"]), tuple(map(Path, row["observed"])), Path(row["output"]))


def read(path: Path) -> Iterator[Record]:
    """The records in a file; none if it was not written."""
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(Record.from_json, lines)


def keep(path: Path, observed: Iterable[Path], records: Iterable[Record]) -> None:
    """Write what was seen, and of what, so that `kept` finds it again."""
    lines = [json.dumps([str(target) for target in observed]), *(record.to_json() for record in records)]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def kept(path: Path) -> tuple[list[Path], list[Record]]:
    """What `keep` wrote.

    Raises:
        ObservationError: the file cannot be read, or something else wrote it.
    """
    try:
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        return [Path(target) for target in json.loads(first)], [Record.from_json(line) for line in lines]
    except OSError as error:
        raise ObservationError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ObservationError(f"{path} holds nothing that --keep wrote") from error
