"""The static half: what the linter reports of an example's files, against the marks in them.

pylint runs in a process of its own, once for all examples. It is no part of what the runtime half needs; where it is
not installed the static claims are unavailable, and the table says so.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from jaxlint.verify.claims import STATIC_CLAIMS, Claim, Outcome, Verdict

MARK = re.compile(r"#\s*\[(?P<symbols>jax-[a-z0-9-]+(?:\s*,\s*jax-[a-z0-9-]+)*)\]\s*$")
"""The end of a line that is to be reported."""

OWN_TROUBLE = ("bad-plugin-value", "unknown-option-value", "syntax-error", "parse-error", "astroid-error", "fatal")
"""pylint's messages which mean that the other messages cannot be relied on."""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A line of a file, and the rule that reports it."""

    path: Path
    line: int
    symbol: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line} [{self.symbol}]"


@dataclass(frozen=True, slots=True)
class Report:
    """What the linter reported."""

    spots: frozenset[Spot]
    unknown_rules: frozenset[str] = frozenset()
    """Rules that it was asked for and does not have."""


@dataclass(frozen=True, slots=True)
class NoLinter:
    """The linter cannot be run here; `why` says what is missing."""

    why: str


class LinterError(Exception):
    """The linter is there and failed."""


class Linter(Protocol):
    """Whatever reports findings."""

    def lint(self, files: Sequence[Path], symbols: Sequence[str]) -> Report | NoLinter:
        """The findings of the rules `symbols` in `files`.

        Raises:
            LinterError: it failed as a whole.
        """
        ...


@dataclass(frozen=True, slots=True)
class Pylint:
    """pylint with one plugin, in a process of its own."""

    plugin: str = "jaxlint"
    seconds: float = 600.0
    """Past this it is ended: all examples take a few seconds."""

    def lint(self, files: Sequence[Path], symbols: Sequence[str]) -> Report | NoLinter:
        """See `Linter.lint`."""
        if importlib.util.find_spec("pylint") is None:
            return NoLinter("pylint is not installed (pip install pylint)")
        try:
            done = subprocess.run(
                [
                    *(sys.executable, "-m", "pylint", f"--load-plugins={self.plugin}", f"--rcfile={os.devnull}"),
                    *("--disable=all", f"--enable={','.join((*OWN_TROUBLE, *symbols))}"),
                    *("--output-format=json2", "--jobs=1", *map(str, files)),
                ],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                capture_output=True,
                text=True,
                check=False,
                timeout=self.seconds,
            )
        except subprocess.TimeoutExpired as error:
            raise LinterError(f"pylint gave no answer in {self.seconds:g} seconds") from error
        try:
            messages = json.loads(done.stdout)["messages"]
        except (ValueError, KeyError) as error:
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise LinterError(f"pylint failed (exit code {done.returncode}): {last}") from error
        unknown: set[str] = set()
        spots: set[Spot] = set()
        for message in messages:
            symbol = message["symbol"]
            if symbol == "unknown-option-value":
                unknown |= {name for name in symbols if f"'{name}'" in message["message"]}
            elif symbol in OWN_TROUBLE:
                raise LinterError(f"pylint: {message['message']} ({symbol})")
            else:
                spots.add(Spot(Path(message["absolutePath"]), message["line"], symbol))
        return Report(frozenset(spots), frozenset(unknown))


def marks(path: Path) -> set[Spot]:
    """The lines of a file that are marked as reported."""
    return {
        Spot(path, number, symbol.strip())
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (mark := MARK.search(text))
        for symbol in mark["symbols"].split(",")
    }


def lint_verdicts(folders: Sequence[Path], linter: Linter, symbols: Sequence[str]) -> dict[Path, tuple[Verdict, ...]]:
    """The static verdicts on each of `folders`; `symbols` are all rules, not only theirs."""
    files = {folder: _files(folder) for folder in folders}
    try:
        report = linter.lint([path for paths in files.values() for path in paths], symbols)
    except LinterError as error:
        return dict.fromkeys(folders, _both(Outcome.BROKEN, str(error)))
    if isinstance(report, NoLinter):
        return dict.fromkeys(folders, _both(Outcome.UNAVAILABLE, report.why))
    return {folder: _verdicts(folder, paths, report) for folder, paths in files.items()}


def _files(folder: Path) -> list[Path]:
    """Those of the three files that exist; that one is missing is reported by the claim that it loads."""
    paths = (folder.resolve() / f"{side}.py" for side in ("bad", "fixed", "reference"))
    return [path for path in paths if path.is_file()]


def _both(outcome: Outcome, detail: str) -> tuple[Verdict, ...]:
    return tuple(Verdict(claim, outcome, detail=detail) for claim in STATIC_CLAIMS)


def _verdicts(folder: Path, paths: Iterable[Path], report: Report) -> tuple[Verdict, ...]:
    if folder.name in report.unknown_rules:
        return _both(Outcome.BROKEN, "the linter has no such rule")
    found = {path: {spot for spot in report.spots if spot.path == path} for path in paths}
    expected = {path: marks(path) if path.name == "bad.py" else set() for path in found}
    if not any(spot.symbol == folder.name for spots in expected.values() for spot in spots):
        return _both(Outcome.BROKEN, f"no line of bad.py is marked  # [{folder.name}]")
    flagged = [path for path in found if path.name == "bad.py"]
    clean = [path for path in found if path.name != "bad.py"]
    return tuple(
        _compared(claim, set().union(*(found[p] for p in of)), set().union(*(expected[p] for p in of)))
        for claim, of in ((Claim.FLAGGED, flagged), (Claim.CLEAN, clean))
    )


def _compared(claim: Claim, found: set[Spot], expected: set[Spot]) -> Verdict:
    missed = [f"not reported: {spot}" for spot in sorted(expected - found)]
    false = [f"reported without a mark: {spot}" for spot in sorted(found - expected)]
    detail = "; ".join(missed + false)
    return Verdict(claim, Outcome.BROKEN if detail else Outcome.HOLDS, detail=detail)
