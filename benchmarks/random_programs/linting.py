"""What the rules say of a random program: the plugin's session, without pylint's own walk around it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from jaxlint.checkers import CHECKERS
from pylint.lint import PyLinter

from jaxlint.session import Session
from random_programs.programs import Finding, Program


def lint(program: Program) -> list[Finding]:
    """All findings of the rules that are on by default.

    Raises:
        RuntimeError: a function of the program makes the linter itself fail; the message names it.
    """
    linter, session = PyLinter(), Session()
    for checker in CHECKERS:
        checker(linter, session)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in program.files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        found = [
            Finding((name, finding.node.fromlineno or 0), finding.rule.symbol, finding.rule.severity.value, finding.text)
            for name in program.files
            for finding in session.findings_in(Path(folder, name))
            if finding.rule.default
        ]
    if session.faults:
        raise RuntimeError(f"the linter fails in {session.faults[0]}")
    return found
