"""The static half: marks against what a linter reports; and pylint, in a process, with a plugin made for the test."""

from __future__ import annotations

import importlib.util
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jaxlint.verify.claims import STATIC_CLAIMS, Claim, Outcome, Verdict
from jaxlint.verify.lint import LinterError, NoLinter, Pylint, Report, Spot, lint_verdicts, marks

WriteExample = Callable[..., Path]


@dataclass
class FakeLinter:
    """Reports given (file name, line, symbol), whatever the files hold."""

    reported: Sequence[tuple[str, int, str]] = ()
    answer: NoLinter | LinterError | None = None
    unknown_rules: frozenset[str] = frozenset()
    calls: list[Sequence[str]] = field(default_factory=list)

    def lint(self, files: Sequence[Path], symbols: Sequence[str]) -> Report | NoLinter:
        self.calls.append(symbols)
        if isinstance(self.answer, LinterError):
            raise self.answer
        if self.answer is not None:
            return self.answer
        spots = {
            Spot(path, line, symbol) for path in files for name, line, symbol in self.reported if path.name == name
        }
        return Report(frozenset(spots), self.unknown_rules)


def verdicts(folder: Path, linter: FakeLinter) -> dict[Claim, Verdict]:
    return {verdict.claim: verdict for verdict in lint_verdicts([folder], linter, ["jax-demo"])[folder]}


def test_marks_stand_at_the_end_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text("a = 1  # [jax-one]\nb = '# [jax-two] '\nc = 2  # why # [jax-two, jax-three]\nd = [0]  # [0]\n")
    assert marks(path) == {Spot(path, 1, "jax-one"), Spot(path, 3, "jax-two"), Spot(path, 3, "jax-three")}


def test_reported_at_the_marked_lines_and_nowhere_else(write_example: WriteExample) -> None:
    linter = FakeLinter([("bad.py", 5, "jax-demo")])
    found = verdicts(write_example(), linter)
    assert {claim: verdict.outcome for claim, verdict in found.items()} == dict.fromkeys(STATIC_CLAIMS, Outcome.HOLDS)
    assert linter.calls == [["jax-demo"]]


@pytest.mark.parametrize(
    ("reported", "claim", "detail"),
    [
        ([], Claim.FLAGGED, "not reported: bad.py:5 [jax-demo]"),
        ([("bad.py", 5, "jax-other")], Claim.FLAGGED, "not reported: bad.py:5 [jax-demo]"),
        (
            [("bad.py", 5, "jax-demo"), ("bad.py", 6, "jax-demo")],
            Claim.FLAGGED,
            "reported without a mark: bad.py:6 [jax-demo]",
        ),
        (
            [("bad.py", 5, "jax-demo"), ("fixed.py", 2, "jax-other")],
            Claim.CLEAN,
            "reported without a mark: fixed.py:2 [jax-other]",
        ),
        (
            [("bad.py", 5, "jax-demo"), ("reference.py", 5, "jax-demo")],
            Claim.CLEAN,
            "reported without a mark: reference.py:5 [jax-demo]",
        ),
    ],
)
def test_missed_and_false_alarms(
    write_example: WriteExample, reported: list[tuple[str, int, str]], claim: Claim, detail: str
) -> None:
    found = verdicts(write_example(), FakeLinter(reported))
    assert [verdict.claim for verdict in found.values() if verdict.outcome is Outcome.BROKEN] == [claim]
    assert detail in found[claim].detail


def test_bad_code_without_a_mark_of_its_rule_is_broken(write_example: WriteExample) -> None:
    found = verdicts(write_example(bad="def double(x):\n    x[0] = 1  # [jax-other]\n"), FakeLinter())
    assert {verdict.detail for verdict in found.values()} == {"no line of bad.py is marked  # [jax-demo]"}


def test_a_rule_that_the_linter_lacks_is_broken(write_example: WriteExample) -> None:
    found = verdicts(write_example(), FakeLinter(unknown_rules=frozenset({"jax-demo"})))
    assert {(v.outcome, v.detail) for v in found.values()} == {(Outcome.BROKEN, "the linter has no such rule")}


def test_a_missing_linter_is_unavailable_and_says_why(write_example: WriteExample) -> None:
    found = verdicts(write_example(), FakeLinter(answer=NoLinter("pylint is not installed")))
    assert {(v.outcome, v.detail) for v in found.values()} == {(Outcome.UNAVAILABLE, "pylint is not installed")}


def test_a_failing_linter_is_broken(write_example: WriteExample) -> None:
    found = verdicts(write_example(), FakeLinter(answer=LinterError("it crashed")))
    assert {(v.outcome, v.detail) for v in found.values()} == {(Outcome.BROKEN, "it crashed")}


# --- pylint itself ----------------------------------------------------------------------------------------------------


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A pylint plugin that reports every item assignment; returns its module's name."""
    name = "plugin_for_verify_test"
    text = """
        from pylint.checkers import BaseChecker

        class Demo(BaseChecker):
            name = "jax-demo-checker"
            msgs = {"E6190": ("item assignment", "jax-demo", "reports item assignments")}

            def visit_assign(self, node):
                if any(type(target).__name__ == "Subscript" for target in node.targets):
                    self.add_message("jax-demo", node=node)

        def register(linter):
            linter.register_checker(Demo(linter))
        """
    (tmp_path / f"{name}.py").write_text(textwrap.dedent(text))
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


def test_pylint_reports_with_its_plugin(write_example: WriteExample, plugin: str) -> None:
    first, second = write_example("jax-demo"), write_example("jax-other", bad="def double(x):\n    return x\n")
    files = sorted((*first.glob("*.py"), *second.glob("*.py")))
    report = Pylint(plugin).lint(files, ["jax-demo", "jax-other"])
    assert report == Report(frozenset({Spot(first / "bad.py", 5, "jax-demo")}), frozenset({"jax-other"}))


def test_a_plugin_that_does_not_load_is_an_error(write_example: WriteExample) -> None:
    with pytest.raises(LinterError, match="no_such_plugin"):
        Pylint("no_such_plugin").lint([write_example() / "bad.py"], ["jax-demo"])


def test_a_file_that_does_not_parse_is_an_error(write_example: WriteExample, plugin: str) -> None:
    with pytest.raises(LinterError, match="syntax-error"):
        Pylint(plugin).lint([write_example(bad="def f(:\n") / "bad.py"], ["jax-demo"])


def test_a_linter_that_hangs_is_an_error(write_example: WriteExample, plugin: str) -> None:
    with pytest.raises(LinterError, match=r"no answer in 0\.01 seconds"):
        Pylint(plugin, seconds=0.01).lint([write_example() / "bad.py"], ["jax-demo"])


def test_without_pylint_the_static_half_is_unavailable(
    write_example: WriteExample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert Pylint().lint([write_example() / "bad.py"], ["jax-demo"]) == NoLinter(
        "pylint is not installed (pip install pylint)"
    )
