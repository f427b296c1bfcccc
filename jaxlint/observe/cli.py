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

from jaxlint.observe.comparison import CONTRADICTIONS, Verdict, compare
from jaxlint.observe.linting import Claims, claimed, claims_of, linting
from jaxlint.observe.report import json_lines, text
from jaxlint.observe.sites import ObservationError, Order, Record, keep, kept, read
from jaxlint.observe.targets import check, targets

_SECONDS_TO_END = 60
"""How long a program that was interrupted has, before it is ended; JAX does not listen while it compiles."""

DESCRIPTION = """\
Runs COMMAND, which needs JAX, and compares what each name of your package really holds while JAX traces with what jaxlint
claims of it. This command runs your code, as COMMAND alone would; nothing else in jaxlint does.

COMMAND is what you would give to python, or a command of an installed package:

    python -m jaxlint.observe -- -m pytest tests
    python -m jaxlint.observe --package mylib -- train.py --steps 3

What was seen can be kept, and compared again with the claims of a linter that has changed, without running anything:

    python -m jaxlint.observe --keep seen.jsonl -- -m pytest tests
    python -m jaxlint.observe --again seen.jsonl
"""

EPILOG = """\
Only the process of COMMAND itself is observed, none that it starts, and no module that another tool rewrites on import:
pytest does so with test files (unless given --assert=plain), jaxtyping with what --jaxtyping-packages names. Exit status:
0 if no claim is contradicted, 1 if some are, 2 for a wrong call or when nothing was observed.
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
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write what was seen to a file")
    parser.add_argument("--again", type=Path, metavar="FILE", help="compare what was kept in a file, and run nothing")
    parser.add_argument("command", metavar="COMMAND", nargs="*", help="a script, -m MODULE, or an installed command")
    options = parser.parse_args(argv)
    if bool(options.command) == bool(options.again):
        parser.error("a COMMAND is needed, or what --again compares; not both")
    try:
        if options.again:
            observed, records = kept(options.again)
            claims = claims_of(observed)
        else:
            check(options.command)
            observed = targets(options.package, options.command, Path.cwd())
            records, claims = _observe(tuple(options.command), observed, options.json, options.minutes)
    except ObservationError as error:
        parser.error(str(error))
    if options.keep:
        keep(options.keep, observed, records)
    comparison = compare(records, claims)
    verdicts = (*CONTRADICTIONS, Verdict.NOT_KNOWN) if options.unknown else CONTRADICTIONS
    print(json_lines(comparison, observed) if options.json else text(comparison, observed, options.list, verdicts))
    return 1 if comparison.is_contradicted else 0


def _observe(
    command: tuple[str, ...], observed: list[Path], to_stderr: bool, minutes: float | None
) -> tuple[list[Record], Claims]:
    """Run a program, and the linter meanwhile; what the one did and the other claims."""
    with tempfile.TemporaryDirectory() as scratch:
        order = Order(command, tuple(observed), Path(scratch) / "records.jsonl")
        with linting(observed) as linters:
            status = _run(order, Path(scratch) / "order.json", to_stderr, minutes)
            records = list(read(order.output))
            if not records:
                raise ObservationError(
                    f"nothing was observed: COMMAND ended with exit status {status}, and imported nothing of"
                    f" {', '.join(map(str, observed))}, or another tool rewrites it on import"
                )
            claims = claimed(linters)
    if status:
        print(f"COMMAND ended with exit status {status}; what ran until then was observed.", file=sys.stderr)
    return records, claims


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
