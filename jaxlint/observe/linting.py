"""The linter at work on what is observed, in processes of its own: it knows nothing of the program, nor of JAX."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jaxlint.observe.sites import ObservationError

Place = tuple[str, int, int, str]
"""The path, line, column and name of a place."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the linter says of a place, and by which way it came to say so."""

    claim: str = "unknown"
    because: str = ""

    @property
    def is_traced(self) -> bool:
        """Whether it says that the place holds a tracer that hides its value."""
        return self.claim == "traced"

    @property
    def is_not_traced(self) -> bool:
        """Whether it says that the place does not."""
        return self.claim in ("static", "array", "numpy")


NO_CLAIM = Claim()

Claims = dict[Place, Claim]


class Linter:
    """The linter at work on one package or script."""

    def __init__(self, target: Path, output: Path) -> None:
        self._target = target
        self._output = output
        command = [sys.executable, "-m", "jaxlint.trace", "--json", str(target)]
        with output.open("wb") as stdout:
            self._process = subprocess.Popen(command, stdout=stdout)

    def claims(self) -> Claims:
        """What it claims, once it is done.

        Raises:
            ObservationError: the linter failed.
        """
        if self._process.wait():
            raise ObservationError(f"the linter failed on {self._target} with exit status {self._process.returncode}")
        with self._output.open(encoding="utf-8") as lines:
            return read_claims(self._target, lines)

    def end(self) -> None:
        """End it, if nobody waits for it any more."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@contextmanager
def linting(targets: Sequence[Path]) -> Iterator[list[Linter]]:
    """The linter at work on each package or script."""
    with tempfile.TemporaryDirectory() as scratch:
        linters = [Linter(target, Path(scratch) / f"{number}.jsonl") for number, target in enumerate(targets)]
        try:
            yield linters
        finally:
            for linter in linters:
                linter.end()


def claimed(linters: Iterable[Linter]) -> Claims:
    """What all of them claim."""
    return {place: claim for linter in linters for place, claim in linter.claims().items()}


def claims_of(targets: Sequence[Path]) -> Claims:
    """What the linter claims of packages and scripts."""
    with linting(targets) as linters:
        return claimed(linters)


def read_claims(target: Path, lines: Iterable[str]) -> Claims:
    """What `python -m jaxlint.trace --json TARGET` printed."""
    folder = target if target.is_dir() else target.parent
    found = {}
    for row in map(json.loads, lines):
        place = (str(folder / row["file"]), row["line"], row["col"], row["name"])
        found[place] = Claim(row["claim"], row.get("because", ""))
    return found
