"""How much of what is traced the engine knows: its claims against what was recorded while libraries' own tests ran.

    python benchmarks/oracle.py ORACLE                   downloads the releases that ORACLE/MANIFEST.json names
    python benchmarks/oracle.py ORACLE --folder DIR      takes DIR/<package> where it is there
    python benchmarks/oracle.py ORACLE --missed 10       and lists the functions with the most misses

ORACLE is a folder of recordings: `<package>.jsonl.gz` with what each name held, `<package>.funcs.jsonl.gz` with how each
function was entered. Only executions under a trace count. A function has a transformation *in view* when JAX called it
through a transformation that the package itself, or a test in it, applies; the other rows are functions reached by calls
from there, and all sites together.

    recall    sites that held a tracer in every execution, called traced
    falsely   sites that never did, called traced
    unsound   sites that always did, called something else than traced or unknown
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from releases import Release

Place = tuple[str, int, str]

IN_VIEW = "in view"
CALLED = "called from there"
ELSEWHERE = "from user code only"


@dataclass(slots=True)
class Score:
    """Counts of sites."""

    traced: int = 0
    found: int = 0
    unsound: int = 0
    never: int = 0
    falsely: int = 0
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, function: str, held: str, claim: str) -> None:
        """Count one site: what it held under a trace, and what was claimed."""
        if held == "traced":
            self.traced += 1
            self.found += claim == "traced"
            self.unsound += claim not in ("traced", "unknown")
            if claim != "traced":
                self.missed[function] += 1
        elif held != "mixed":
            self.never += 1
            self.falsely += claim == "traced"

    def __str__(self) -> str:
        def share(part: int, whole: int) -> str:
            return f"{100 * part / whole:6.1f}%" if whole else "      -"

        return (
            f"{self.traced:7} {share(self.found, self.traced)} {share(self.unsound, self.traced)}"
            f" {self.never:7} {share(self.falsely, self.never)}"
        )


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON lines of a compressed file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def views(oracle: Path, package: str) -> dict[tuple[str, str], str]:
    """How each function was reached, of the three sorts."""
    found: dict[tuple[str, str], str] = {}
    for record in records(oracle / f"{package}.funcs.jsonl.gz"):
        ways = {way.partition("|")[0] for way in record["reached"]}
        by_jax = any(way.startswith("jax:") and way.endswith(("<same", "<in")) for way in ways)
        called = ways & {"same-file", "same-package"}
        found[record["file"], record["func"]] = IN_VIEW if by_jax else CALLED if called else ELSEWHERE
    return found


def claims(folder: Path) -> dict[Place, str]:
    """The engine's claims for a package, by file, line and name."""
    command = [sys.executable, "-m", "jaxlint.trace", "--json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = map(json.loads, done.stdout.splitlines())
    return {(row["file"], row["line"], row["name"]): row["claim"] for row in rows}


def scores(oracle: Path, package: str, folder: Path) -> dict[str, Score]:
    """One score for each sort of function, and "all"."""
    claimed, reached = claims(folder), views(oracle, package)
    table = {name: Score() for name in (IN_VIEW, CALLED, ELSEWHERE, "all")}
    for record in records(oracle / f"{package}.jsonl.gz"):
        held = record["verdict_while_tracing"]
        if held is None or record["scope"] != "function" or record["test"]:
            continue
        function = f"{record['file']}: {record['func']}"
        claim = claimed.get((record["file"], record["line"], record["name"]), "unknown")
        for name in (reached.get((record["file"], record["func"]), ELSEWHERE), "all"):
            table[name].add(function, held, claim)
    return table


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="The engine's claims against what was recorded.")
    parser.add_argument("oracle", type=Path, help="the folder of recordings")
    parser.add_argument("--folder", type=Path, help="where packages may be, each in a folder of its name")
    parser.add_argument("--missed", type=int, default=0, help="functions with the most misses to list, for each package")
    options = parser.parse_args()
    manifest = json.loads((options.oracle / "MANIFEST.json").read_text(encoding="utf-8"))
    print(f"{'':31} traced  recall unsound   never falsely")
    total: dict[str, Score] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for package, about in sorted(manifest["packages"].items()):
            here = options.folder / package / package if options.folder else None
            release = Release(package, about["version"], package)
            folder = here if here and here.is_dir() else release.download(Path(temporary))
            for name, score in scores(options.oracle, package, folder).items():
                print(f"{package:10} {name:20} {score}", flush=True)
                whole = total.setdefault(name, Score())
                for part in ("traced", "found", "unsound", "never", "falsely"):
                    setattr(whole, part, getattr(whole, part) + getattr(score, part))
                if name == "all":
                    for function, count in score.missed.most_common(options.missed):
                        print(f"    {count:4} {function}")
    for name, score in total.items():
        print(f"{'total':10} {name:20} {score}")


if __name__ == "__main__":
    main()
