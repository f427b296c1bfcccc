"""Which test runs which function under a trace, and which names held tracers there: seen once, with `jaxlint.observe`."""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jaxlint.observe.classes import held_by, trace_is_open
from jaxlint.observe.importing import ObservingFinder
from jaxlint.observe.recording import Recorder
from jaxlint.observe.sites import Held
from mutations.forking import Send, in_processes
from mutations.testing import forget, run_tests

Where = tuple[str, str]
"""A file, as the package names it, and the qualified name of a function in it."""

SECONDS = 60.0
"""For the tests of one file: those that come later are not used."""

ALIKE = 3
"""How many tests that differ in a number or in their parameters alone are used."""


@dataclass(frozen=True, slots=True)
class Covering:
    """A test that passed: how long it took, the functions that it ran under a trace, and those that it ran otherwise."""

    name: str
    seconds: float
    traced: frozenset[Where]
    plain: frozenset[Where]


@dataclass(frozen=True, slots=True)
class Observed:
    """What tests showed: each that passed, and the names that held tracers, by function."""

    runs: tuple[Covering, ...]
    names: dict[Where, frozenset[str]]


@dataclass
class Coverage:
    """What is known of the tests of a package."""

    runs: list[Covering] = field(default_factory=list)
    names: dict[Where, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, observed: Observed) -> None:
        """Count tests in."""
        self.runs += observed.runs
        for where, names in observed.names.items():
            self.names[where] |= names

    def tests(self, where: Where, most: int, *, traced: bool) -> tuple[str, ...]:
        """Some quick tests that run a function, unlike ones before those that differ in a number alone."""
        able = [run for run in self.runs if where in run.traced or (not traced and where in run.plain)]
        able.sort(key=lambda run: run.seconds)
        first = {alike(run.name): run for run in reversed(able)}
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


def cover(folder: Path, files: Iterable[str], jobs: int) -> Iterator[Observed]:
    """Run the tests in the files, observed."""

    def work(file: str, send: Send[Observed]) -> None:
        observe(folder, file, SECONDS, send)

    for done in in_processes(files, work, jobs=jobs, seconds=2 * SECONDS):
        if done.trouble:
            print(f"{done.task}: {done.trouble}", file=sys.stderr, flush=True)
        yield from done.sent


def observe(folder: Path, file: str, seconds: float, send: Send[Observed]) -> None:
    """Run a file's tests in this process, and tell what each of them ran; tests that fail or are skipped tell nothing."""
    forget(folder)
    recorder = Recorder(held_by, trace_is_open)
    recorder.install()
    sys.meta_path.insert(0, ObservingFinder([folder], recorder.number_of))
    observing = _Observing(recorder, folder.parent, time.monotonic() + seconds, send)
    run_tests(folder.parent, [file], plugins=[observing])


class _Observing:
    """A plugin of pytest's that tells what each test ran."""

    def __init__(self, recorder: Recorder, root: Path, end: float, send: Send[Observed]) -> None:
        self._recorder = recorder
        self._root = str(root.resolve()) + "/"
        self._end = end
        self._send = send
        self._passed = False

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The first of each parametrized test, then the second of each, and so on."""
        counts: Counter[str] = Counter()
        turns: list[tuple[int, pytest.Item]] = []
        for item in items:
            name = alike(item.nodeid)
            turns.append((counts[name], item))
            counts[name] += 1
        items[:] = [item for turn, item in sorted(turns, key=lambda each: each[0]) if turn < ALIKE]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Whether the test passed."""
        if report.when == "call":
            self._passed = report.passed

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """One test, with what it asks for before and after it."""
        before = [(record.tracing.executions, record.otherwise.executions) for record in self._recorder.records]
        self._passed, start = False, time.monotonic()
        result = yield
        if self._passed:
            self._tell(item.nodeid, time.monotonic() - start, before)
        if time.monotonic() > self._end:
            item.session.shouldstop = "there is no time left"
        return result

    def _tell(self, test: str, seconds: float, before: list[tuple[int, int]]) -> None:
        records = self._recorder.records
        before += [(0, 0)] * (len(records) - len(before))
        traced, plain, names = set[Where](), set[Where](), defaultdict[Where, set[str]](set)
        for record, (tracing, otherwise) in zip(records, before, strict=True):
            file, function = record.site.path.removeprefix(self._root), record.site.function
            if record.tracing.executions > tracing and Held.TRACED in record.tracing.held:
                names[file, _definition(function)].add(record.site.name)
            if "<lambda>" in function:
                continue  # one given to `vmap` runs under a trace, though the function around it does not
            if record.tracing.executions > tracing:
                traced.add((file, function))
            if record.otherwise.executions > otherwise:
                plain.add((file, function))
        run = Covering(test, seconds, frozenset(traced), frozenset(plain))
        self._send(Observed((run,), {where: frozenset(held) for where, held in names.items()}))


def alike(test: str) -> str:
    """A test's name without what tells parametrized ones apart."""
    return re.sub(r"\[.*\]$|\d+", "", test)


def _definition(function: str) -> str:
    """The innermost function of a qualified name that a `def` makes."""
    return function.partition(".<locals>.<lambda>")[0].partition("<lambda>")[0]
