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


def test_every_finding_is_of_a_release_that_the_table_names() -> None:
    table = tomllib.loads(TABLE.read_text())
    releases = {(r["package"], r["version"], r["folder"]) for r in table["release"]}
    assert len({folder for *_, folder in releases}) == len(table["release"])
    for finding in table["finding"]:
        assert (finding["package"], finding["version"], finding["file"].partition("/")[0]) in releases


def test_no_more_than_one_warning_in_ten_is_wrong() -> None:
    verdicts = [f["verdict"] for f in tomllib.loads(TABLE.read_text())["finding"]]
    assert verdicts.count("wrong") * 10 <= len(verdicts)
