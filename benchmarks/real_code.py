"""What the default rules find in released packages, against what is known of each finding.

    python benchmarks/real_code.py                      downloads the releases that the verdicts name
    python benchmarks/real_code.py FOLDER ...           lints these package folders, taken for the releases of their names
    python benchmarks/real_code.py --only optax rlax    these releases alone
    python benchmarks/real_code.py --verdicts TABLE     takes another table than tests/real_code/verdicts.toml
    python benchmarks/real_code.py --compare REV        what the working tree finds, against what a git revision finds

Every finding is right or wrong as somebody found out, or it was not looked at; a verdict whose finding is not made any
more is gone. Exits with 1 when there are findings that were not looked at, or verdicts that are gone; with `--compare`
when anything was added or removed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from releases import Release, lines_in
from revisions import NoRevision, plugin_at, plugin_now

ROOT = Path(__file__).parents[1]
VERDICTS = ROOT / "tests" / "real_code" / "verdicts.toml"
CRASHED = 1 | 32
"""pylint's exit status for a fatal message, and for a wrong call."""

Place = tuple[str, int, str]
"""A file as a package names it, a line, and the symbol of a rule."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a rule said."""

    place: Place
    severity: str
    text: str


@dataclass(slots=True)
class Comparison:
    """Findings and verdicts of a package, sorted."""

    right: list[Finding] = field(default_factory=list)
    wrong: list[Finding] = field(default_factory=list)
    not_looked_at: list[Finding] = field(default_factory=list)
    gone: list[Place] = field(default_factory=list)

    def add(self, other: Comparison) -> None:
        """Count another package in."""
        self.right += other.right
        self.wrong += other.wrong
        self.not_looked_at += other.not_looked_at
        self.gone += other.gone

    @property
    def findings(self) -> list[Finding]:
        """All that were made."""
        return [*self.right, *self.wrong, *self.not_looked_at]

    @property
    def is_known(self) -> bool:
        """Whether the table says what the linter says."""
        return not self.not_looked_at and not self.gone

    def __str__(self) -> str:
        return (
            f"known right {len(self.right)}, known wrong {len(self.wrong)}, "
            f"not looked at {len(self.not_looked_at)}, gone {len(self.gone)}"
        )


def compare(findings: Iterable[Finding], verdicts: Mapping[Place, str]) -> Comparison:
    """Sort the findings of a package by what is known of them; `verdicts` holds "right" or "wrong" for each place."""
    result = Comparison()
    made: set[Place] = set()
    for finding in findings:
        made.add(finding.place)
        match verdicts.get(finding.place):
            case "right":
                result.right.append(finding)
            case "wrong":
                result.wrong.append(finding)
            case _:
                result.not_looked_at.append(finding)
    result.gone = [place for place in verdicts if place not in made]
    return result


def read(table: Path) -> tuple[list[Release], dict[Place, str]]:
    """The releases and the verdicts of a table."""
    content = tomllib.loads(table.read_text(encoding="utf-8"))
    releases = [Release(**release) for release in content.get("release", ())]
    verdicts = {(f["file"], f["line"], f["rule"]): f["verdict"] for f in content.get("finding", ())}
    return releases, verdicts


def lint(folder: Path, plugin: Path | None = None) -> list[Finding]:
    """What the default rules find in a package: those installed, or of the plugin that lies in a folder."""
    options = ("--load-plugins=jaxlint", "--disable=all", "--enable=jax", "--rcfile=", "--output-format=json2")
    command = [sys.executable, "-m", "pylint", *options, folder.name]
    search = [str(plugin) if plugin else "", os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, search))}
    done = subprocess.run(command, cwd=folder.parent, env=environment, capture_output=True, text=True, check=False)
    if done.returncode & CRASHED:
        raise SystemExit(f"pylint failed with exit status {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return [
        Finding((Path(m["path"]).as_posix(), m["line"], m["symbol"]), m["messageId"][0], m["message"])
        for m in json.loads(done.stdout)["messages"]
        if m["symbol"].startswith("jax-")  # pylint tells as well which options in comments it does not know
    ]


def rates(findings: Iterable[Finding], lines: int) -> str:
    """The findings of each severity, and how many these are for 1,000 lines."""
    counts = Counter(finding.severity for finding in findings)
    shares = [f"{name} {counts[name]} ({1000 * counts[name] / max(lines, 1):.2f})" for name in "EWRI" if counts[name]]
    return f"{lines:,} lines; for 1,000 lines: {', '.join(shares) or 'nothing'}"


def report(name: str, folder: Path, verdicts: Mapping[Place, str]) -> Comparison:
    """Lint one package, print what came of it, and return it."""
    own = {place: verdict for place, verdict in verdicts.items() if Path(place[0]).parts[0] == folder.name}
    result = compare(lint(folder), own)
    print(f"{name}: {rates(result.findings, lines_in(folder))}\n    {result}")
    for label, findings in (("not looked at", result.not_looked_at), ("known wrong", result.wrong)):
        for finding in findings:
            file, line, rule = finding.place
            print(f"    {label}: {file}:{line}: {rule}: {finding.text}")
    for file, line, rule in result.gone:
        print(f"    gone: {file}:{line}: {rule}")
    sys.stdout.flush()
    return result


def changes(before: Iterable[Finding], after: Iterable[Finding], verdicts: Mapping[Place, str]) -> list[str]:
    """What was added and removed, a line each, with what is known of it; another text at the same place is a change, too."""
    old, new = ({(finding.place, finding.text) for finding in findings} for findings in (before, after))
    lines = []
    for (file, line, rule), text in sorted(old ^ new):
        sign = "+" if ((file, line, rule), text) in new else "-"
        known = verdicts.get((file, line, rule))
        lines.append(f"{sign} {file}:{line}: {rule}: {text}{f' [{known}]' if known else ''}")
    return lines


def difference(name: str, folder: Path, before: Path, after: Path, verdicts: Mapping[Place, str]) -> list[str]:
    """Lint one package with two plugins, print what differs, and return it."""
    found = changes(lint(folder, before), lint(folder, after), verdicts)
    added = sum(line.startswith("+") for line in found)
    print(f"{name}: {f'{added} added, {len(found) - added} removed' if found else 'no change'}")
    for line in found:
        print(f"    {line}")
    sys.stdout.flush()
    return found


def main() -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(description="What the rules find in released packages, against what is known of it.")
    parser.add_argument("folders", metavar="FOLDER", type=Path, nargs="*", help="package folders; else the releases")
    parser.add_argument("--only", metavar="PACKAGE", nargs="+", help="only these of the releases")
    parser.add_argument("--verdicts", type=Path, default=VERDICTS, help="the table of verdicts")
    parser.add_argument("--compare", metavar="REV", help="a git revision whose findings are compared with those of today")
    options = parser.parse_args()
    for folder in options.folders:
        if not folder.is_dir():
            parser.error(f"{folder} is no folder")
    try:
        releases, verdicts = read(options.verdicts)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        parser.error(f"{options.verdicts} is no table of verdicts: {error}")
    if unknown := set(options.only or ()) - {release.package for release in releases}:
        parser.error(f"{options.verdicts} names no release of {', '.join(sorted(unknown))}")
    names = {release.folder: f"{release.package} {release.version}" for release in releases}
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        wanted = (release for release in releases if not options.only or release.package in options.only)
        given = [folder.resolve() for folder in options.folders]
        folders = given or (release.download(scratch) for release in wanted)
        named = ((names.get(folder.name, folder.name), folder) for folder in folders)
        if options.compare is None:
            return judge(named, verdicts)
        try:
            before = plugin_at(options.compare, ROOT, scratch / "before")
        except NoRevision as error:
            parser.error(str(error))
        after = plugin_now(ROOT, scratch / "after")
        differences = [line for name, folder in named for line in difference(name, folder, before, after, verdicts)]
    added = sum(line.startswith("+") for line in differences)
    print(f"in all: {added} added, {len(differences) - added} removed")
    return 1 if differences else 0


def judge(named: Iterable[tuple[str, Path]], verdicts: Mapping[Place, str]) -> int:
    """Compare the findings in packages with the verdicts; returns the exit status."""
    total, lines = Comparison(), 0
    for name, folder in named:
        total.add(report(name, folder, verdicts))
        lines += lines_in(folder)
    print(f"in all: {rates(total.findings, lines)}\n    {total}")
    return 0 if total.is_known else 1


if __name__ == "__main__":
    sys.exit(main())
