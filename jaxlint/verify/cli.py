"""The command `python -m jaxlint.verify`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from jaxlint.verify.claims import Proof
from jaxlint.verify.lint import Linter, Pylint, lint_verdicts
from jaxlint.verify.own.command import CommandError, Order, as_json, as_text, shown
from jaxlint.verify.page import page
from jaxlint.verify.platforms import CPU, PLATFORMS, Platform
from jaxlint.verify.processes import measure_all, prove_all
from jaxlint.verify.report import table
from jaxlint.verify.timings import Timing, timing_plot, timing_table
from jaxlint.verify.workers import Limits

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
"""Where the examples lie in a checkout. A wheel holds none: there, `--examples` must say where they are."""

SIZES = (1_000, 100_000, 1_000_000)
"""Numbers in the inputs that `--bench` measures with: one size where a call's overhead rules, and two where work does."""


def proofs(
    folders: Sequence[Path], platforms: Sequence[Platform], linter: Linter, workers: int, limits: Limits
) -> list[Proof]:
    """Everything that is shown of `folders`, in one list: by platform, then by folder."""
    symbols = sorted({path.name for folder in folders for path in example_folders(folder.resolve().parent)})
    static = lint_verdicts(folders, linter, symbols)
    return [
        proof.with_verdicts(static[folder])
        for where in platforms
        for folder, proof in zip(folders, prove_all(folders, where, workers, limits), strict=True)
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


def _size(text: str) -> int:
    """A number of elements."""
    if (size := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no size")
    return size


def _seconds(text: str) -> float:
    """A time that is more than none."""
    seconds = float(text)
    if not seconds > 0:
        raise argparse.ArgumentTypeError(f"{text} seconds are no time")
    return seconds


def main(argv: Sequence[str] | None = None, linter: Linter | None = None, prog: str = "python -m jaxlint.verify") -> int:
    """Runs the command; returns its exit code: 0 if every claim holds, 1 if one is broken, 2 for a wrong call."""
    parser = argparse.ArgumentParser(
        prog=prog,
        usage=f"{prog} [options]\n       {prog} [BEFORE] FUNCTION --like ARGUMENTS [options]",
        description="Show that the examples are true; or try a function of your own. That imports and runs your code.",
    )
    own = parser.add_argument_group("a function of your own")
    own.add_argument(
        "functions",
        nargs="*",
        metavar="FUNCTION",
        help="as train.py:step or package.train:step; before a fix and after it, if there are two",
    )
    own.add_argument("--like", metavar="ARGUMENTS", help="what it is called with: 'x=f32[128], key=key[], n=3'")
    own.add_argument("--before", metavar="REVISION", help="compare with the function in this git revision")
    own.add_argument("--host", action="store_true", help="it is host code that calls jitted code: do not put it under jit")
    own.add_argument("--same-distribution", action="store_true", help="compare random results by their moments")
    parser.add_argument("--rule", nargs="+", action="extend", metavar="SYMBOL", help="only these rules")
    parser.add_argument(
        "--platform", type=_platforms, metavar="cpu,gpu,tpu", help="where: cpu for the examples, all for your own"
    )
    parser.add_argument("--examples", type=Path, default=EXAMPLES, metavar="FOLDER")
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1), help="examples run at a time")
    usual = Limits()
    parser.add_argument(
        "--time-limit", type=_seconds, default=usual.together, metavar="SECONDS", help="for all on one platform"
    )
    parser.add_argument("--example-time-limit", type=_seconds, default=usual.each, metavar="SECONDS", help="for one example")
    parser.add_argument("--json", action="store_true", help="print all verdicts as JSON")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the table as a web page, too")
    parser.add_argument(
        "--bench", action="store_true", help="measure the fixed code against the reference instead, where devices are"
    )
    parser.add_argument("--sizes", type=_size, nargs="+", default=SIZES, metavar="N", help="of inputs, for --bench")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw what --bench measures")
    options = parser.parse_args(argv)

    if options.functions or options.like is not None:
        return _own(options, parser)
    if given := [name for name in ("before", "host", "same_distribution") if getattr(options, name)]:
        parser.error(f"--{given[0].replace('_', '-')} is for a function of your own, which is named first")
    options.platform = options.platform or [CPU]
    known = {folder.name: folder for folder in example_folders(options.examples)}
    if not known:
        parser.error(f"no folder jax-… in {options.examples}")
    if unknown := set(options.rule or ()) - known.keys():
        parser.error(f"no example for {', '.join(sorted(unknown))} in {options.examples}")
    for path in filter(None, (options.html, options.svg)):
        if not path.absolute().parent.is_dir():
            parser.error(f"cannot write {path}: there is no such folder")
    if options.workers < 1:
        parser.error("--workers must be at least 1")

    folders = [known[symbol] for symbol in sorted(set(options.rule or known))]
    limits = Limits(options.example_time_limit, options.time_limit)
    if options.bench:
        return _bench(folders, options, limits, parser)
    proven = proofs(folders, options.platform, linter or Pylint(), options.workers, limits)
    if options.html:
        _write(options.html, page(proven, versions()), parser)
    print(json.dumps([proof.to_json() for proof in proven], indent=1) if options.json else table(proven))
    return 0 if all(proof.holds for proof in proven) else 1


def _own(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Prints what is found of a function of the user's; 1 if a claim is broken."""
    if given := [name for name in ("rule", "bench", "html", "svg") if getattr(options, name)]:
        parser.error(f"--{given[0]} is for the examples, not for a function of your own")
    if not options.functions:
        parser.error("--like says what a function is called with: name the function, as in train.py:step")
    if options.like is None:
        parser.error(f"say what {options.functions[-1]} is called with, as in --like 'x=f32[128], n=3'")
    order = Order(
        options.functions,
        options.like,
        options.platform or list(PLATFORMS.values()),
        options.before,
        options.host,
        options.same_distribution,
        options.time_limit,
    )
    try:
        found = shown(order)
    except CommandError as error:
        parser.error(str(error))
    print(as_json(order, found) if options.json else as_text(order, found))
    return 0 if all(one.proof.holds for one in found) else 1


def _bench(folders: Sequence[Path], options: argparse.Namespace, limits: Limits, parser: argparse.ArgumentParser) -> int:
    """Prints what was measured on each platform, and why nothing was; 1 if none gave any."""
    timings: list[Timing] = []
    for where in options.platform:
        found = measure_all(folders, where, options.sizes, limits)
        if isinstance(found, str):
            print(f"{where.name}: not measured: {found}", file=sys.stderr)
        else:
            timings += found
    if not timings:
        print("nothing was measured", file=sys.stderr)
        return 1
    print(
        f"{timing_table(timings)}\n\n{versions()}; median after warm-up, data on the device before; "
        "NumPy has 64 bits and JAX 32 unless told otherwise"
    )
    if options.svg:
        _write(options.svg, timing_plot(timings, "How many times faster than its reference"), parser)
    return 0


def versions() -> str:
    """What the table holds for: the versions of Python and of what is installed of JAX."""
    names = ("jax", "jaxlib", "jax-cuda13-pjrt", "libtpu", "numpy")
    installed = {dist.name.lower().replace("_", "-"): dist.version for dist in metadata.distributions()}
    of_jax = (f"{name} {installed[name]}" for name in names if name in installed)
    return ", ".join([f"Python {platform.python_version()}", *of_jax])


def _write(path: Path, text: str, parser: argparse.ArgumentParser) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        parser.error(f"cannot write {path}: {error.strerror}")


def run_example(file: str) -> None:
    """Verifies the folder that `file` lies in, and exits: what `python examples/<symbol>/reference.py` does."""
    folder = Path(file).resolve().parent
    sys.exit(main(["--examples", str(folder.parent), "--rule", folder.name]))
