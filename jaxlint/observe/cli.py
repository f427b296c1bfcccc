"""The command `python -m jaxlint.observe`.

It runs a program, under JAX, and compares what its names hold with what the linter claims of them without running it.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from jaxlint.observe.comparison import CONTRADICTIONS, Claim, Place, Verdict, compare, read_claims
from jaxlint.observe.report import json_lines, text
from jaxlint.observe.sites import Order, read
from jaxlint.observe.targets import TargetError, check, targets

_SECONDS_TO_END = 60
"""How long a program that was interrupted has, before it is ended; JAX does not listen while it compiles."""

DESCRIPTION = """\
Runs COMMAND, which needs JAX, and compares what each name of your package really holds while JAX traces with what jaxlint
claims of it. This command runs your code, as COMMAND alone would; nothing else in jaxlint does.

COMMAND is what you would give to python, or a command of an installed package:

    python -m jaxlint.observe -- -m pytest tests
    python -m jaxlint.observe --package mylib -- train.py --steps 3
"""

EPILOG = """\
Only the process of COMMAND itself is observed, none that it starts. pytest rewrites test files itself: to observe those
too, give it --assert=plain. Exit status: 0 if no claim is contradicted, 1 if some are, 2 for a wrong call or when nothing
was observed.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m jaxlint.observe",
        usage="%(prog)s [options] -- COMMAND ...",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--package",
        action="append",
        default=[],
        metavar="NAME",
        help="what to observe: an importable package, a folder, a file (again for more); else the packages that lie here",
    )
    parser.add_argument("--json", action="store_true", help="print all places as JSON; COMMAND's output goes to stderr")
    parser.add_argument("--list", type=int, default=20, metavar="N", help="places to list of each kind (20)")
    parser.add_argument("--unknown", action="store_true", help="list as well what was traced without the linter's knowing")
    parser.add_argument("--minutes", type=float, metavar="N", help="interrupt COMMAND after so long, and report")
    parser.add_argument("command", metavar="COMMAND", nargs="+", help="a script, -m MODULE, or an installed command")
    options = parser.parse_args(argv)
    try:
        check(options.command)
        observed = targets(options.package, options.command, Path.cwd())
    except TargetError as error:
        parser.error(str(error))
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        linters = [Linter(target, scratch / f"claims-{number}.jsonl") for number, target in enumerate(observed)]
        order = Order(tuple(options.command), tuple(observed), scratch / "records.jsonl")
        status = _run(order, scratch / "order.json", options.json, options.minutes)
        records = list(read(order.output))
        claims = {place: claim for linter in linters for place, claim in linter.claims().items()}
    if not records:
        parser.error(f"nothing was observed: COMMAND ended with exit status {status}, and ran nothing of {_said(observed)}")
    if status:
        print(f"COMMAND ended with exit status {status}; what ran until then was observed.", file=sys.stderr)
    comparison = compare(records, claims)
    verdicts = (*CONTRADICTIONS, Verdict.NOT_KNOWN) if options.unknown else CONTRADICTIONS
    print(json_lines(comparison, observed) if options.json else text(comparison, observed, options.list, verdicts))
    return 1 if comparison.is_contradicted else 0


def _said(observed: Sequence[Path]) -> str:
    return ", ".join(map(str, observed))


def _run(order: Order, path: Path, to_stderr: bool, minutes: float | None) -> int:
    """Run the program in a process of its own; its exit status."""
    path.write_text(order.to_json(), encoding="utf-8")
    command = [sys.executable, "-m", "jaxlint.observe.program", str(path)]
    process = subprocess.Popen(command, stdout=sys.stderr if to_stderr else None)
    try:
        return process.wait(None if minutes is None else 60 * minutes)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    except KeyboardInterrupt:
        pass  # the program has it as well
    try:
        return process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.terminate()
    try:
        return process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


class Linter:
    """The linter at work on one package or script, in a process of its own, while the program runs."""

    def __init__(self, target: Path, output: Path) -> None:
        self._target = target
        self._output = output
        command = [sys.executable, "-m", "jaxlint.trace", "--json", str(target)]
        with output.open("wb") as stdout:
            self._process = subprocess.Popen(command, stdout=stdout)

    def claims(self) -> dict[Place, Claim]:
        """What it claims, once it is done."""
        if self._process.wait():
            raise SystemExit(f"the linter failed on {self._target} with exit status {self._process.returncode}")
        with self._output.open(encoding="utf-8") as lines:
            return read_claims(self._target, lines)
