"""Makes known mistakes in a library's functions, shows by its own tests that they are ones, and counts what the rules see.

    python benchmarks/mutation.py --package FOLDER --minutes 20     a package's folder, with its tests in it
    python benchmarks/mutation.py --package FOLDER --coverage FILE  keeps what covers what in a file, or takes it from there
    python benchmarks/mutation.py --package FOLDER --kind assert    only the kinds whose name has this in it
    python benchmarks/mutation.py --package FOLDER --show 12        the 12th mutation, what its tests and the rules say

The tests are what pytest finds in the package and in a folder `tests` beside it, as in source releases; what they import
has to be installed. They are run twice: once observed, to know which one covers which function under a trace; then some
again for each mutation that touches what they cover. Nothing is written into the package: mutants stand in memory, and are
linted in a copy. Tests beside a package stand in that copy, as if the package had them within: what they jit is in view.

Prints the mutations that were missed, and tables by kind and by rule. Exits with 1 when less than `--bar` percent of the
confirmed ones were found.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

os.environ.setdefault("JAX_PLATFORMS", "cpu")
# What the tests compute does not matter here, only how long compiling takes.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")

from mutations import (
    KINDS,
    Coverage,
    Judged,
    Kind,
    Mutation,
    Outcome,
    Tally,
    Trial,
    added,
    cover,
    files_of_tests,
    judge,
    keep_compiled,
    lint,
    mutations,
    preload,
    run,
)
from mutations.causes import Cause, Claims
from mutations.judging import Verdict, near
from mutations.mutation import Judge
from mutations.source import Mutant
from random_programs.programs import Finding

ROUND = 60
"""Mutations that are run before they are linted together."""

TESTS = 3
"""How many of the tests that cover a function are run for one mutation."""

Tried = tuple[Mutation, Mutant, Outcome]


class Package:
    """A package whose functions are mutated."""

    def __init__(self, folder: Path, coverage: Coverage, jobs: int) -> None:
        self.folder = folder
        self.coverage = coverage
        self.jobs = jobs
        self.texts = {
            path.relative_to(folder.parent).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.py")
        }
        self.claims = Claims(folder)
        self._reusing = dict[tuple[str, ...], bool]()
        ((_, self.before),) = lint(folder, [{}], 1)

    def trials(self, made: Sequence[Mutation]) -> Iterator[Tried]:
        """Run the tests of mutations; those that make no Python are left out."""
        tried, trials = list[tuple[Mutation, Mutant]](), list[Trial]()
        for mutation in made:
            function, kind = mutation.function, mutation.kind
            try:
                mutant = function.source.mutant(mutation.edits)
            except SyntaxError:
                continue
            file = function.source.path
            tests = self.coverage.tests((file, function.name), TESTS, traced=kind.traced)
            tried.append((mutation, mutant))
            trials.append(Trial(self.folder, file, mutant.text, mutant.lines, tests, kind.judge))
        self._look_for_reuse(trials)
        for number, outcome in run(trials, self.jobs):
            trial = trials[number]
            blind = trial.judge is Judge.KEYS and self._reusing[trial.tests]
            yield *tried[number], Outcome(broken="JAX's checker of keys refuses the tests as they are") if blind else outcome

    def _look_for_reuse(self, trials: Sequence[Trial]) -> None:
        """Which tests JAX's checker of keys is content with while there is no mistake."""
        asked = {each.tests: each for each in trials if each.judge is Judge.KEYS and each.tests not in self._reusing}
        right = [replace(each, text=self.texts[each.file]) for each in asked.values()]
        for number, outcome in run(right, self.jobs):
            self._reusing[right[number].tests] = bool(outcome.raised or outcome.broken)

    def judged(self, tried: Sequence[Tried], random: Random, tally: Tally) -> Iterator[Judged]:
        """Lint mutants, many at a time, and judge them; one that is missed is linted once more, among others."""
        missed: list[Tried] = []
        for result, each in self._linted(tried, random, tally):
            if result.verdict is Verdict.MISSED:
                missed.append(each)
            else:
                yield result
        for result, _ in self._linted(missed, random, None):
            yield result

    def cause(self, mutation: Mutation) -> Cause:
        """Why the rules do not see a mutation."""
        function = mutation.function
        held = (self.coverage.names.get((function.source.path, name), set()) for name in (function.name, *function.outer))
        return self.claims.cause(mutation, frozenset().union(*held))

    def _linted(self, tried: Sequence[Tried], random: Random, tally: Tally | None) -> Iterator[tuple[Judged, Tried]]:
        batches = list(_batches(tried, random))
        variants = [{each[0].function.source.path: each[1].text for each in batch} for batch in batches]
        for number, found in lint(self.folder, variants, self.jobs):
            texts = {file: text.splitlines() for file, text in self.texts.items()}
            mutated = texts | {file: text.splitlines() for file, text in variants[number].items()}
            new = added(self.before, found, texts, mutated)
            spoken: set[Finding] = set()
            for each in batches[number]:
                spoken.update(near(*each, new))
                yield judge(*each, new), each
            for finding in new:
                if tally is not None and finding not in spoken:
                    tally.elsewhere[finding.symbol] += 1
                    print(f"elsewhere: {finding.place[0]}:{finding.place[1]}: {finding.symbol}: {finding.text[:200]}")


def _batches(tried: Sequence[Tried], random: Random) -> Iterator[list[Tried]]:
    """Mutants that are linted together: no two of one file."""
    waiting = [*tried]
    random.shuffle(waiting)
    while waiting:
        batch, files, later = list[Tried](), set[str](), list[Tried]()
        for each in waiting:
            file = each[0].function.source.path
            (later if file in files else batch).append(each)
            files.add(file)
        waiting = later
        yield batch


def covered(folder: Path, kept: Path | None, jobs: int) -> Coverage:
    """What the package's tests cover, from a file where it is kept."""
    if kept is not None and kept.exists():
        return Coverage.read(kept)
    coverage = Coverage()
    files = files_of_tests(folder)
    for observed in cover(folder, files, jobs):
        coverage.add(observed)
    print(f"{folder.name}: {len(coverage.runs)} tests of {len(files)} files observed", file=sys.stderr, flush=True)
    if kept is not None:
        coverage.write(kept)
    return coverage


def show(package: Package, mutation: Mutation) -> None:
    """Print one mutation, with what its tests and the rules say."""
    print(mutation)
    file = mutation.function.source.path
    for each in package.trials([mutation]):
        lines = (mutation.function.source.text.splitlines(), each[1].text.splitlines())
        print("\n".join(difflib.unified_diff(*lines, file, file, lineterm="")))
        for result in package.judged([each], Random(0), Tally()):
            print(result)
            if raised := result.outcome.raised:
                print("\n".join(f"    {frame[0]}:{frame[1]}" for frame in raised.frames))
            for finding in result.findings:
                print(f"    {finding.place[0]}:{finding.place[1]}: {finding.symbol}: {finding.text}")


def mutate(package: Package, made: Iterator[Mutation], end: float, random: Random, tally: Tally, *, verbose: bool) -> None:
    """Try mutations until the time is over, and print what the rules do not see."""
    numbered = enumerate(made)
    while time.monotonic() < end and (chosen := list(islice(numbered, ROUND))):
        numbers = {id(mutation): number for number, mutation in chosen}
        tried = list(package.trials([mutation for _, mutation in chosen]))
        for result in package.judged(tried, random, tally):
            tally.add(package.folder.name, result)
            alarm = result.verdict is Verdict.RIGHT and any(finding.severity == "E" for finding in result.findings)
            if verbose or alarm or result.verdict is Verdict.MISSED:
                print(f"{numbers[id(result.mutation)]:5} {'to be looked at, ' if alarm else ''}{result}", flush=True)
            if result.verdict is Verdict.MISSED:
                cause = package.cause(result.mutation).value
                tally.causes[cause] += 1
                print(f"        {cause}", flush=True)


def main() -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(description="Counts the mistakes made in a library's code that the rules see.")
    parser.add_argument("--package", type=Path, metavar="FOLDER", action="append", required=True)
    parser.add_argument("--minutes", type=float, default=20.0, help="for each package, the observed tests excepted")
    parser.add_argument("--most", type=int, default=10**9, help="mutations of each package")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--kind", default="", help="only kinds whose name has this in it")
    parser.add_argument("--coverage", type=Path, metavar="FOLDER", help="where what tests cover is kept, by package")
    parser.add_argument("--show", type=int, metavar="NUMBER", help="one mutation alone")
    parser.add_argument("--all", action="store_true", help="print those that are found, too")
    parser.add_argument("--bar", type=float, default=85.0, help="the percentage to be found")
    options = parser.parse_args()
    kinds: tuple[Kind, ...] = tuple(kind for kind in KINDS if options.kind in kind.name)
    if not kinds:
        parser.error(f"no kind has {options.kind!r} in its name; there are: {', '.join(kind.name for kind in KINDS)}")
    tally = Tally()
    with tempfile.TemporaryDirectory() as scratch:
        sys.pycache_prefix = f"{scratch}/bytecode"
        keep_compiled(f"{scratch}/compiled")
        for folder in [given.resolve() for given in options.package]:
            if not (folder / "__init__.py").exists():
                parser.error(f"{folder} is no package")
            sys.path.insert(0, str(folder.parent))
            if options.coverage is not None:
                options.coverage.mkdir(parents=True, exist_ok=True)
            preload(folder, files_of_tests(folder))
            coverage = covered(folder, options.coverage and options.coverage / f"{folder.name}.json", options.jobs)
            package, random = Package(folder, coverage, options.jobs), Random(options.seed)
            made = mutations(folder, coverage, kinds, options.seed)
            if options.show is not None:
                show(package, next(islice(made, options.show, None)))
                continue
            end = time.monotonic() + 60 * options.minutes
            mutate(package, islice(made, options.most), end, random, tally, verbose=options.all)
    print(tally)
    return 0 if 100 * tally.share >= options.bar else 1


if __name__ == "__main__":
    sys.exit(main())
