"""What the rules say of a package with some of its files replaced, without pylint's own walk around it."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from jaxlint.checkers import CHECKERS
from pylint.lint import PyLinter

from jaxlint.session import Session
from mutations.forking import Send, in_processes
from mutations.testing import folders_of_tests
from random_programs.programs import Finding

SECONDS = 1800.0
"""For one package, on a machine that does other work as well."""

Texts = Mapping[str, str]
"""Texts of files in place of those on disk, by the file as the package names it."""


def lint(folder: Path, variants: Sequence[Texts], jobs: int) -> Iterator[tuple[int, list[Finding]]]:
    """The findings in each variant of a package, by its number, as they are ready.

    Raises:
        RuntimeError: the linter does not get through one; the message says why.
    """

    def work(number: int, send: Send[list[Finding]]) -> None:
        send(findings(folder, variants[number]))

    for done in in_processes(range(len(variants)), work, jobs=jobs, seconds=SECONDS):
        if done.trouble:
            raise RuntimeError(f"linting {folder.name} with {', '.join(variants[done.task])} replaced: {done.trouble}")
        yield done.task, done.sent[0]


def findings(folder: Path, texts: Texts) -> list[Finding]:
    """All findings of the rules that are on by default, in a copy of the package with its tests."""
    linter, session = PyLinter(), Session()
    for checker in CHECKERS:
        checker(linter, session)
    with copied(folder) as copy:
        root = copy.parent
        for file, text in texts.items():
            (root / file).write_text(text, encoding="utf-8")
        found = [
            Finding(
                (str(path.relative_to(root)), finding.node.fromlineno or 0),
                finding.rule.symbol,
                finding.rule.severity.value,
                finding.text,
            )
            for path in sorted(copy.rglob("*.py"))
            for finding in session.findings_in(path)
            if finding.rule.default
        ]
    if session.faults:
        raise RuntimeError(f"the linter fails in {session.faults[0]}")
    return found


@contextlib.contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy of a package. The tests beside it are in it there, so that what they do with its functions is in view."""
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch).resolve() / folder.name
        shutil.copytree(folder, copy, ignore=ignored)
        for tests in folders_of_tests(folder):
            shutil.copytree(tests, copy / tests.name, ignore=ignored, dirs_exist_ok=True)
        yield copy


def added(
    before: Iterable[Finding], after: Iterable[Finding], old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]
) -> list[Finding]:
    """The findings that were not made before. Lines may have moved: one is known again by its rule and its line's text."""

    def key(finding: Finding, lines: Mapping[str, Sequence[str]]) -> tuple[str, str, str]:
        file, line = finding.place
        text = lines.get(file, ())  # none of tests beside the package
        return file, finding.symbol, text[line - 1].strip() if 0 < line <= len(text) else ""

    known = Counter(key(finding, old) for finding in before)
    result = []
    for finding in after:
        same = key(finding, new)
        if known[same]:
            known[same] -= 1
        else:
            result.append(finding)
    return result
