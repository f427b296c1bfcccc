"""Which test runs which function under a trace, and which names held tracers there: seen once, with `jaxlint.observe`."""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
import unittest
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jaxlint.observe.classes import held_by, trace_is_open
from jaxlint.observe.importing import ObservingFinder
from jaxlint.observe.recording import Recorder
from jaxlint.observe.sites import Held
from mutations.forking import Send, in_processes

Where = tuple[str, str]
"""A file, as the package names it, and the qualified name of a function in it."""

SECONDS = 60.0
"""For the tests of one module: those that come later are not used."""

ALIKE = 3
"""How many tests that differ in a number alone, as parametrized ones do, are used."""


@dataclass(frozen=True, slots=True)
class Covering:
    """A test that passed: how long it took, the functions that it ran under a trace, and those that it ran otherwise."""

    name: str
    seconds: float
    traced: frozenset[Where]
    plain: frozenset[Where]


@dataclass(frozen=True, slots=True)
class Observed:
    """What a module's tests showed: each test that passed, and the names that held tracers, by function."""

    runs: tuple[Covering, ...]
    names: dict[Where, frozenset[str]]


@dataclass
class Coverage:
    """What is known of the tests of a package."""

    runs: list[Covering] = field(default_factory=list)
    names: dict[Where, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, observed: Observed) -> None:
        """Count the tests of a module in."""
        self.runs += observed.runs
        for where, names in observed.names.items():
            self.names[where] |= names

    def tests(self, where: Where, most: int, *, traced: bool) -> tuple[str, ...]:
        """Some quick tests that run a function, unlike ones before those that differ in a number alone."""
        able = [run for run in self.runs if where in run.traced or (not traced and where in run.plain)]
        able.sort(key=lambda run: run.seconds)
        first = {re.sub(r"\d+", "", run.name): run for run in reversed(able)}
        ordered = [*sorted(first.values(), key=lambda run: run.seconds), *able]
        return tuple(dict.fromkeys(run.name for run in ordered))[:most]

    def functions(self, *, traced: bool) -> frozenset[Where]:
        """The functions that tests run under a trace, or at all."""
        return frozenset().union(*(run.traced if traced else run.traced | run.plain for run in self.runs))

    def write(self, path: Path) -> None:
        """Keep it in a file."""
        names = [[*where, sorted(held)] for where, held in sorted(self.names.items())]
        runs = [[run.name, run.seconds, sorted(run.traced), sorted(run.plain)] for run in self.runs]
        path.write_text(json.dumps({"names": names, "runs": runs}), encoding="utf-8")

    @staticmethod
    def read(path: Path) -> Coverage:
        """What `write` kept."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        result = Coverage()
        for file, function, names in kept["names"]:
            result.names[file, function] = set(names)
        for name, seconds, traced, plain in kept["runs"]:
            result.runs.append(Covering(name, seconds, frozenset(map(tuple, traced)), frozenset(map(tuple, plain))))
        return result


def test_modules(folder: Path) -> list[str]:
    """The modules of a package that hold tests, by dotted name."""
    files = {*folder.rglob("*_test.py"), *folder.rglob("test_*.py")}
    return sorted(".".join(path.relative_to(folder.parent).with_suffix("").parts) for path in files)


def cover(folder: Path, modules: Iterable[str], jobs: int) -> Iterator[Observed]:
    """Run the tests of the modules, observed."""

    def work(module: str, send: Send[Observed]) -> None:
        send(observe(folder, module, SECONDS))

    for done in in_processes(modules, work, jobs=jobs, seconds=2 * SECONDS):
        if done.trouble:
            print(f"{done.task}: {done.trouble}", file=sys.stderr, flush=True)
        yield from done.sent


def observe(folder: Path, module: str, seconds: float) -> Observed:
    """Run a module's tests in this process, and tell what they ran; tests that fail or are skipped tell nothing."""
    parse_flags()
    forget(folder)
    recorder = Recorder(held_by, trace_is_open)
    recorder.install()
    sys.meta_path.insert(0, ObservingFinder([folder], recorder.number_of))
    runs, end, root = list[Covering](), time.monotonic() + seconds, str(folder.resolve().parent) + "/"
    cases = cases_in(unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(module)))
    for case in _mixed(cases):
        if time.monotonic() > end:
            break
        before = [(record.tracing.executions, record.otherwise.executions) for record in recorder.records]
        start = time.monotonic()
        if not _passes(case):
            continue
        after = time.monotonic()
        before += [(0, 0)] * (len(recorder.records) - len(before))
        traced, plain = set[Where](), set[Where]()
        for record, (tracing, otherwise) in zip(recorder.records, before, strict=True):
            if "<lambda>" in record.site.function:
                continue  # one given to `vmap` runs under a trace, though the function around it does not
            where = record.site.path.removeprefix(root), record.site.function
            if record.tracing.executions > tracing:
                traced.add(where)
            if record.otherwise.executions > otherwise:
                plain.add(where)
        runs.append(Covering(_name(case), after - start, frozenset(traced), frozenset(plain)))
    names: dict[Where, set[str]] = defaultdict(set)
    for record in recorder.records:
        if Held.TRACED in record.tracing.held:
            names[record.site.path.removeprefix(root), _definition(record.site.function)].add(record.site.name)
    return Observed(tuple(runs), {where: frozenset(held) for where, held in names.items()})


def forget(folder: Path) -> None:
    """Have a package imported anew, though another one may have imported it already."""
    for name in [*sys.modules]:
        if name.partition(".")[0] == folder.name:
            del sys.modules[name]


def _definition(function: str) -> str:
    """The innermost function of a qualified name that a `def` makes."""
    return function.partition(".<locals>.<lambda>")[0].partition("<lambda>")[0]


def parse_flags() -> None:
    """What tests of absl's want done before they run."""
    flags: Any = sys.modules.get("absl.flags")  # there if a test asks for it
    if flags is not None and not flags.FLAGS.is_parsed():
        flags.FLAGS(["test"])


def cases_in(suite: unittest.TestSuite) -> Iterator[unittest.TestCase]:
    """The tests in a suite, those of inner suites too."""
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from cases_in(each)
        else:
            yield each


def _mixed(cases: Iterable[unittest.TestCase]) -> list[unittest.TestCase]:
    """The first of each parametrized test, then the second of each, and so on."""
    counts: Counter[str] = Counter()
    numbered: list[tuple[int, int, unittest.TestCase]] = []
    for case in cases:
        name = re.sub(r"\d+", "", case.id())
        if counts[name] < ALIKE:
            numbered.append((counts[name], len(numbered), case))
        counts[name] += 1
    return [case for _, _, case in sorted(numbered, key=lambda each: each[:2])]


def _name(case: unittest.TestCase) -> str:
    """The name by which the test is loaded again; `id` of absl's tests has their parameters behind it."""
    return f"{type(case).__module__}.{type(case).__qualname__}.{case._testMethodName}"


def _passes(case: unittest.TestCase) -> bool:
    try:
        case.debug()
    except (Exception, unittest.SkipTest, SystemExit):  # whatever a test raises
        return False
    return True
