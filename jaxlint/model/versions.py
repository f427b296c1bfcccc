"""Versions and ranges of them, as requirements are written: `>=0.4.30,<0.11`.

Only what the releases of JAX need: numbers with dots. A suffix (`0.5.0.dev1`, `0.4.30rc1`) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne

Version = tuple[int, ...]

_VERSION = re.compile(r"v?(\d+(?:\.\d+)*)")
_CLAUSE = re.compile(r"(===|==|>=|<=|~=|!=|<|>|\^|~)?\s*v?(\d+(?:\.\d+)*)(\.\*|[a-z.+-][\w.+-]*)?\s*$")
_COMPARE: dict[str, Callable[[Version, Version], bool]] = {
    "==": eq, "===": eq, ">=": ge, "<=": le, "!=": ne, "<": lt, ">": gt,
}  # fmt: skip


class VersionError(ValueError):
    """A text is no range of versions."""


def version(text: str) -> Version:
    """The numbers of a version, without the zeros at the end.

    Raises:
        VersionError: when it starts with none.
    """
    found = _VERSION.match(text.strip())
    if found is None:
        raise VersionError(f"{text!r} is no version")
    return _trimmed(tuple(map(int, found[1].split("."))))


def _trimmed(numbers: Version) -> Version:
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers = numbers[:-1]
    return numbers


@dataclass(frozen=True, slots=True)
class _Clause:
    operator: str
    numbers: tuple[int, ...]
    prefix: bool

    def allows(self, candidate: Version) -> bool:
        if self.prefix:
            padded = candidate + (0,) * len(self.numbers)
            return (padded[: len(self.numbers)] == self.numbers) is (self.operator != "!=")
        return _COMPARE[self.operator](candidate, _trimmed(self.numbers))


@dataclass(frozen=True, slots=True)
class Versions:
    """A range: every clause holds."""

    text: str
    clauses: tuple[_Clause, ...] = ()

    @staticmethod
    def parse(text: str) -> Versions:
        """Read a range; an empty one allows every version, a version alone stands for itself.

        Raises:
            VersionError: when a part of the text is no clause.
        """
        clauses: list[_Clause] = []
        for part in filter(None, map(str.strip, text.split(","))):
            found = _CLAUSE.match(part)
            if part == "*":
                continue
            if found is None:
                raise VersionError(f"{part!r} in {text!r} is no range of versions, such as >=0.4.30,<0.11")
            clauses += _clauses(found[1] or "==", tuple(map(int, found[2].split("."))), found[3] == ".*")
        return Versions(text.strip(), tuple(clauses))

    def allows(self, candidate: Version) -> bool:
        """Whether a version is in the range."""
        return all(clause.allows(candidate) for clause in self.clauses)


def _clauses(operator: str, numbers: tuple[int, ...], prefix: bool) -> list[_Clause]:
    match operator:
        case "~=":  # compatible: the last number may grow
            return [_Clause(">=", numbers, False), _Clause("==", numbers[:-1] or numbers, True)]
        case "^":  # Poetry: the first number that is not zero may not grow
            first = next((i for i, number in enumerate(numbers) if number), len(numbers) - 1)
            return [_Clause(">=", numbers, False), _Clause("==", numbers[: first + 1], True)]
        case "~":  # Poetry: the second number may not grow
            return [_Clause(">=", numbers, False), _Clause("==", numbers[:2], True)]
    return [_Clause(operator, numbers, prefix)]
