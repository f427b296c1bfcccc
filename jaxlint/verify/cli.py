"""The command `python -m jaxlint.verify`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jaxlint.verify.claims import Proof
from jaxlint.verify.lint import Linter, Pylint, lint_verdicts
from jaxlint.verify.platforms import CPU, PLATFORMS, Platform
from jaxlint.verify.processes import prove_all
from jaxlint.verify.report import table
from jaxlint.verify.workers import Limits

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
"""Where the examples lie in a checkout. A wheel holds none: there, `--examples` must say where they are."""


def proofs(
    folders: Sequence[Path], platforms: Sequence[Platform], linter: Linter, workers: int, limits: Limits
) -> list[Proof]:
    """Everything that is shown of `folders`, in one list: by platform, then by folder."""
    symbols = sorted({path.name for folder in folders for path in example_folders(folder.resolve().parent)})
    static = lint_verdicts(folders, linter, symbols)
    return [
        proof.with_verdicts(static[folder])
        for platform in platforms
        for folder, proof in zip(folders, prove_all(folders, platform, workers, limits), strict=True)
    ]


def example_folders(root: Path) -> list[Path]:
    """The folders of `root` that are named like a rule."""
    return sorted(path for path in root.glob("jax-*") if path.is_dir())


def _platforms(text: str) -> list[Platform]:
    """The platforms that an option names, with commas between them, each once."""
    names = dict.fromkeys(text.split(","))
    if unknown := [name for name in names if name not in PLATFORMS]:
        raise argparse.ArgumentTypeError(f"no platform {', '.join(map(repr, unknown))}: {', '.join(PLATFORMS)} are known")
    return [PLATFORMS[name] for name in names]


def _seconds(text: str) -> float:
    """A time that is more than none."""
    seconds = float(text)
    if not seconds > 0:
        raise argparse.ArgumentTypeError(f"{text} seconds are no time")
    return seconds


def main(argv: Sequence[str] | None = None, linter: Linter | None = None, prog: str = "python -m jaxlint.verify") -> int:
    """Runs the command; returns its exit code: 0 if every claim holds, 1 if one is broken, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog=prog, description="Show that the examples are true.")
    parser.add_argument("--rule", nargs="+", action="extend", metavar="SYMBOL", help="only these rules")
    parser.add_argument("--platform", type=_platforms, default=[CPU], metavar="cpu,gpu,tpu", help="where to show them")
    parser.add_argument("--examples", type=Path, default=EXAMPLES, metavar="FOLDER")
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1), help="examples run at a time")
    usual = Limits()
    parser.add_argument(
        "--time-limit", type=_seconds, default=usual.together, metavar="SECONDS", help="for all examples on one platform"
    )
    parser.add_argument(
        "--example-time-limit", type=_seconds, default=usual.each, metavar="SECONDS", help="for one example"
    )
    parser.add_argument("--json", action="store_true", help="print all verdicts as JSON")
    options = parser.parse_args(argv)

    known = {folder.name: folder for folder in example_folders(options.examples)}
    if not known:
        parser.error(f"no folder jax-… in {options.examples}")
    if unknown := set(options.rule or ()) - known.keys():
        parser.error(f"no example for {', '.join(sorted(unknown))} in {options.examples}")
    if options.workers < 1:
        parser.error("--workers must be at least 1")

    folders = [known[symbol] for symbol in sorted(set(options.rule or known))]
    limits = Limits(options.example_time_limit, options.time_limit)
    shown = proofs(folders, options.platform, linter or Pylint(), options.workers, limits)
    print(json.dumps([proof.to_json() for proof in shown], indent=1) if options.json else table(shown))
    return 0 if all(proof.holds for proof in shown) else 1


def run_example(file: str) -> None:
    """Verifies the folder that `file` lies in, and exits: what `python examples/<symbol>/reference.py` does."""
    folder = Path(file).resolve().parent
    sys.exit(main(["--examples", str(folder.parent), "--rule", folder.name]))
