"""The table of looked-at findings is well formed, and its rules exist."""

import tomllib
from pathlib import Path

from jaxlint.checkers import CHECKERS

TABLE = Path(__file__).with_name("verdicts.toml")


def test_every_verdict_is_complete_and_about_a_rule() -> None:
    findings = tomllib.loads(TABLE.read_text())["finding"]
    symbols = {rule.symbol for checker in CHECKERS for rule in checker.rules}
    for finding in findings:
        assert finding.keys() == {"package", "version", "file", "line", "rule", "verdict", "confirmed"}
        assert finding["rule"] in symbols
        assert finding["verdict"] in {"right", "wrong"}
        assert finding["confirmed"]


def test_no_place_stands_twice() -> None:
    findings = tomllib.loads(TABLE.read_text())["finding"]
    places = [(f["package"], f["file"], f["line"], f["rule"]) for f in findings]
    assert len(places) == len(set(places))
