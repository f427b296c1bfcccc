"""Every rule is whole: declared, explained, with an example, with cases, in the README; and nothing else is there."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from collections import Counter
from pathlib import Path

import jaxlint.checkers
import pytest
from jaxlint.checkers import CHECKERS

from jaxlint.docs import first_sentence, rules_table
from jaxlint.rules import JaxChecker, Rule

ROOT = Path(__file__).resolve().parents[1]
RULES = [rule for checker in CHECKERS for rule in checker.rules]
SYMBOLS = {rule.symbol for rule in RULES}
FAMILY = re.compile(r"(6[1-9]|70): \S")


def _symbol(rule: Rule) -> str:
    return rule.symbol


def _name(checker: type[JaxChecker]) -> str:
    return checker.__name__


def _checkers_defined() -> set[type[JaxChecker]]:
    """The families that stand in the modules of `checkers`, whether they are listed or not."""
    modules = pkgutil.walk_packages(jaxlint.checkers.__path__, "jaxlint.checkers.")
    values = [value for module in modules for value in vars(importlib.import_module(module.name)).values()]
    found = {value for value in values if isinstance(value, type) and issubclass(value, JaxChecker)}
    return {checker for checker in found if checker.rules}


def _rules_defined() -> set[str]:
    """The rules that stand in the modules of `checkers`, by symbol."""
    modules = pkgutil.walk_packages(jaxlint.checkers.__path__, "jaxlint.checkers.")
    values = [value for module in modules for value in vars(importlib.import_module(module.name)).values()]
    return {value.symbol for value in values if isinstance(value, Rule)}


def test_every_family_is_listed() -> None:
    assert _checkers_defined() == set(CHECKERS)


def test_every_rule_belongs_to_a_family() -> None:
    assert _rules_defined() == SYMBOLS


def test_families_are_listed_in_the_order_of_their_numbers() -> None:
    numbers = [min(rule.number for rule in checker.rules) for checker in CHECKERS]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("of", ["number", "symbol"])
def test_numbers_and_symbols_are_unique(of: str) -> None:
    twice = [value for value, count in Counter(getattr(rule, of) for rule in RULES).items() if count > 1]
    assert twice == []


@pytest.mark.parametrize("checker", CHECKERS, ids=_name)
def test_a_familys_numbers_are_its_own(checker: type[JaxChecker]) -> None:
    """The docstring starts with the family's number, and every rule's number starts with it."""
    assert FAMILY.match(checker.__doc__ or "")
    assert {str(rule.number // 100) for rule in checker.rules} == {(checker.__doc__ or "")[:2]}
    assert all(rule.number % 100 >= 1 for rule in checker.rules)


@pytest.mark.parametrize("rule", RULES, ids=_symbol)
def test_a_symbol_is_what_a_user_types(rule: Rule) -> None:
    assert re.fullmatch(r"jax(-[a-z0-9]+)+", rule.symbol)


@pytest.mark.parametrize("rule", RULES, ids=_symbol)
def test_a_rule_is_explained(rule: Rule) -> None:
    """A page, not a line: the first sentence says what the rule finds; more follows on why, and on what to write."""
    first, text = first_sentence(rule.explanation), " ".join(rule.explanation.split())
    assert first.endswith(".")
    assert len(first) <= 200, "the README shows it in a table"
    assert len(text) >= 2 * len(first)


@pytest.mark.parametrize("rule", RULES, ids=_symbol)
def test_a_message_can_be_filled(rule: Rule) -> None:
    fields = [name for _, name, _, _ in string.Formatter().parse(rule.message) if name is not None]
    assert all(name.isidentifier() for name in fields)


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    folders = {path.name for path in (ROOT / "examples").iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert folders == SYMBOLS


@pytest.mark.parametrize("rule", RULES, ids=_symbol)
def test_an_example_is_whole(rule: Rule) -> None:
    files = {path.name for path in (ROOT / "examples" / rule.symbol).glob("*.py")}
    assert files == {"bad.py", "fixed.py", "reference.py"}
    marked = (ROOT / "examples" / rule.symbol / "bad.py").read_text(encoding="utf-8")
    assert re.search(rf"# \[[^\]]*{re.escape(rule.symbol)}\b", marked)


def test_every_file_of_cases_is_about_a_rule() -> None:
    assert {path.stem for path in (ROOT / "tests" / "cases" / "rules").glob("*.md")} <= SYMBOLS


@pytest.mark.parametrize("rule", RULES, ids=_symbol)
def test_cases_hold_alarms_and_silences(rule: Rule) -> None:
    """A rule's cases stand in a file of its own, or with the rule that it was split from by severity."""
    mark = re.compile(rf"# error: \[[^\]]*{re.escape(rule.symbol)}\b")
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "cases" / "rules").glob("*.md")]
    own = [text for text in texts if mark.search(text)]
    sections = [part for text in own for part in re.split(r"^#+ ", text, flags=re.MULTILINE) if "```py" in part]
    alarms = [section for section in sections if mark.search(section)]
    assert alarms
    assert len(alarms) < len(sections)


def test_the_readmes_table_is_that_of_the_rules() -> None:
    """`python -m jaxlint.docs README.md` makes it so."""
    assert rules_table() in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("checker", CHECKERS, ids=_name)
def test_no_listener_hides_another(checker: type[JaxChecker]) -> None:
    """The modules of a family are bases of one class, in which the second method of a name would never be called."""
    names = Counter(
        name for base in checker.__mro__ for name, method in vars(base).items() if hasattr(method, "kinds")
    )
    assert [name for name, count in names.items() if count > 1] == []
