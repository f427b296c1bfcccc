"""What the rules cost in pylint: wall time with all of them against wall time with one small check of pylint's own.

    python benchmarks/pylint_cost.py                    flax's newest release, downloaded to a temporary folder
    python benchmarks/pylint_cost.py FOLDER             a package that is there
    python benchmarks/pylint_cost.py --max-ratio 1.4    exits with 1 when the ratio is above

The two are run in turn, so that what else the machine does falls on both; each pair gives a ratio, and the median of
these is the result. Times count the whole process, from its start to its end.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from releases import Release, lines_in

OWN = ("--disable=all", "--enable=pointless-statement")
RULES = ("--load-plugins=jaxlint", "--disable=all", "--enable=jax")
FLAX = Release("flax", "", "flax")
CRASHED = 1 | 32
"""pylint's exit status for a fatal message, and for a wrong call."""


def wall_time(options: Sequence[str], target: Path, *, environment: Mapping[str, str] | None = None) -> float:
    """Seconds that one run of pylint takes, with these additions to the environment."""
    command = [sys.executable, "-m", "pylint", "--rcfile=", "--score=no", "--jobs=1", *options, target.name]
    start = time.perf_counter()
    variables = {**os.environ, **(environment or {})}
    done = subprocess.run(command, cwd=target.parent, env=variables, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode & CRASHED:
        raise SystemExit(f"pylint failed with exit status {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return seconds


def measure(target: Path, runs: int) -> float:
    """Print the times of each pair of runs, and return the median of their ratios."""
    print(f"{lines_in(target)} lines; seconds without the rules, with them, ratio")
    for options in (OWN, RULES):
        # Not counted: the files are read from the disk, and bytecode is written, which an installed package has.
        wall_time(options, target, environment={"PYTHONDONTWRITEBYTECODE": ""})
    ratios = []
    for _ in range(runs):
        own, rules = wall_time(OWN, target), wall_time(RULES, target)
        ratios.append(rules / own)
        print(f"{own:8.2f} {rules:8.2f} {ratios[-1]:8.2f}", flush=True)
    median = statistics.median(ratios)
    print(f"median ratio {median:.2f}")
    return median


def main() -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(description="What the rules cost in pylint.")
    parser.add_argument("folder", type=Path, nargs="?", help="a package; flax's newest release when not given")
    parser.add_argument("--runs", type=int, default=5, help="pairs of runs (5)")
    parser.add_argument("--max-ratio", type=float, help="exit with 1 when the median ratio is above")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    if options.folder is not None and not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    with tempfile.TemporaryDirectory() as temporary:
        target = options.folder.resolve() if options.folder else FLAX.download(Path(temporary))
        ratio = measure(target, options.runs)
    return 1 if options.max_ratio is not None and ratio > options.max_ratio else 0


if __name__ == "__main__":
    sys.exit(main())
