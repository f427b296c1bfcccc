"""Holds the linter against the literate cases: each finding where the case says so, and no other.

Whether the cases tell the truth of JAX is another test, `against_jax.py`. Here a case is one analysis in this process.
"""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType

import pytest
from jaxlint.checkers import CHECKERS
from pylint.lint import PyLinter

from jaxlint.session import Options, Session

HERE = Path(__file__).parent


def _format() -> ModuleType:
    """The parser beside this file, which is no package: the judge of cases runs without one."""
    specification = importlib.util.spec_from_file_location("literate_cases", HERE / "format.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module


FORMAT = _format()

KNOWN_GAPS: dict[tuple[str, str], str] = {
    ("statements", "`try`, `with`, `match` / `try` with a traced value"): "an attribute no array has ends no walk",
}
"""Cases that the linter cannot do yet, by file and name, and why. Each is asserted to fail: one that passes must go."""

CASES = [case for path in sorted(HERE.rglob("*.md")) for case in FORMAT.parse(path)]

OFF_BY_DEFAULT = {rule.symbol for checker in CHECKERS for rule in checker.rules if not rule.default}

Found = set[tuple[str, int, str]]
"""File, line, symbol."""


def _name(case) -> str:
    return f"{case.path.stem}: {case.name}"


def expected(case) -> Found:
    lines = [(file.name, line, symbols) for file in case.files for line, symbols in file.errors().items()]
    return {(name, line, symbol) for name, line, symbols in lines for symbol in symbols}


def found(case, folder: Path) -> Found:
    """What the linter says of a case's files, each of them linted as pylint does it: with the rules that are on."""
    for file in case.files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    linter, session = PyLinter(), Session()
    session.options = replace(session.options, **_options(case.config))
    for checker in CHECKERS:
        checker(linter, session)
    enabled = set(_enabled(case.config))
    off = OFF_BY_DEFAULT - enabled
    seen = {
        (file.name, finding.node.fromlineno, finding.rule.symbol)
        for file in case.files
        for finding in session.findings_in(folder / file.name)
        if finding.rule.symbol not in off
    }
    assert session.faults == [], session.faults
    return seen


def _enabled(config: str) -> Iterator[str]:
    """The rules that a case's configuration turns on."""
    for section in tomllib.loads(config).get("tool", {}).get("pylint", {}).values():
        yield from section.get("enable", ())


def _options(config: str) -> dict[str, object]:
    """The options of jaxlint's own that a case's configuration sets."""
    known = {field.name for field in fields(Options)}
    sections = tomllib.loads(config).get("tool", {}).get("pylint", {}).values()
    given = ((key.replace("-", "_"), value) for section in sections for key, value in section.items())
    return {name: value for name, value in given if name in known}


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_linter_finds_what_the_case_says(case, tmp_path: Path) -> None:
    seen = found(case, tmp_path)
    if (case.path.stem, case.name) in KNOWN_GAPS:
        assert seen != expected(case), "the linter can do this case now: take it off the list of known gaps"
    else:
        assert seen == expected(case)


def test_every_known_gap_is_a_case() -> None:
    assert set(KNOWN_GAPS) <= {(case.path.stem, case.name) for case in CASES}


def test_no_two_cases_of_a_file_share_a_name() -> None:
    names = [(case.path.stem, case.name) for case in CASES]
    assert len(names) == len(set(names))
