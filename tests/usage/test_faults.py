"""An error of jaxlint itself costs the findings of one function, and is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from astroid.manager import AstroidManager
from jaxlint.checkers import CHECKERS
from pylint.lint import PyLinter
from pylint.reporters import CollectingReporter

import jaxlint
from jaxlint.rules import JaxChecker, listens_to
from jaxlint.session import Session
from jaxlint.trace.observations import TruthTest

PROGRAM = """import jax

@jax.jit
def whole(x):
    return 1 if x > 0 else 2

def helper(x, fault):
    if x > fault:
        return 1
    return 2

@jax.jit
def caller(x):
    helper(x, 2)
    return 1 if x > 0 else 2
"""


class Faulty(JaxChecker):
    """Fails at one place of the program, as a bug would."""

    @listens_to(TruthTest)
    def fail(self, test: TruthTest) -> Iterator[None]:
        if "fault" in test.node.as_string():
            raise ZeroDivisionError("a bug")
        yield from ()


def lint(path: Path, *options: str) -> list[tuple[int, str, str]]:
    linter = PyLinter(reporter=CollectingReporter())
    jaxlint.register(linter)
    (session,) = {checker.session for checker in linter.get_checkers() if isinstance(checker, JaxChecker)}
    Faulty(linter, session)
    linter.disable("all")
    linter.enable("jax")
    for option in options:
        linter.disable(option)
    linter.check([str(path)])
    return [(message.line, message.symbol, message.msg) for message in linter.reporter.messages]


def test_a_fault_is_told_and_the_rest_is_found(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    messages = lint(path)
    assert [(line, symbol) for line, symbol, _ in messages if symbol != "jax-analysis-fault"] == [
        (5, "jax-traced-branch"),
        (8, "jax-traced-branch"),  # told before the fault
        (15, "jax-traced-branch"),
    ]
    ((line, text),) = [(line, text) for line, symbol, text in messages if symbol == "jax-analysis-fault"]
    assert line == 7
    assert "`helper`" in text
    assert "ZeroDivisionError: a bug" in text


def test_it_can_be_disabled(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    symbols = {symbol for _, symbol, _ in lint(path, "jax-analysis-fault")}
    assert symbols == {"jax-traced-branch"}


def test_a_session_knows_the_faults_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    session = Session()
    Faulty(PyLinter(), session)
    (fault,) = session.faults_in(path)
    assert (fault.function, fault.line) == ("helper", 7)
    assert session.faults_in(tmp_path / "elsewhere.py") == []
    assert session.faults == [fault]


def test_a_tree_that_pylint_names_otherwise_than_the_project_has_its_findings(tmp_path: Path) -> None:
    folder = tmp_path / "agents"
    folder.mkdir()
    path = folder / "act.py"
    path.write_text("import jax\n\n@jax.jit\ndef act(x):\n    return 1 if x > 0 else 2\n", encoding="utf-8")
    tree = AstroidManager().ast_from_file(str(path), "elsewhere.act")
    try:
        session = Session()
        for checker in CHECKERS:
            checker(PyLinter(), session)
        assert [finding.rule.symbol for finding in session.findings_in(path)] == ["jax-traced-branch"]
        assert session.faults == []
    finally:
        AstroidManager().astroid_cache.pop(tree.name, None)
