"""Runs the tests that cover a mutated function, with the mutant in the file's place, and asks the judge of its kind."""

from __future__ import annotations

import builtins
import contextlib
import gc
import importlib
import importlib.machinery
import random
import sys
import time
import traceback
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import jax
import numpy as np
import pytest
from jax._src import xla_bridge

from jaxlint.observe.classes import is_staged
from jaxlint.observe.importing import found_after
from mutations.forking import Send, in_processes
from mutations.mutation import HOLDER, Judge
from mutations.testing import forget, modules_elsewhere, run_tests
from random_programs.programs import Raised

SECONDS = 90.0
"""For the tests of one mutant."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A text for one file of a package, the lines that hold the mistake, the tests to run, and how they are judged."""

    folder: Path
    file: str
    text: str
    lines: frozenset[int]
    tests: tuple[str, ...]
    judge: Judge


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the tests showed.

    Attributes:
        raised: what ended the first test that failed.
        shown: whether the judge of a silent kind saw the mistake.
        broken: why nothing can be told.
    """

    raised: Raised | None = None
    shown: bool = False
    broken: str = ""


def run(trials: Sequence[Trial], jobs: int) -> Iterator[tuple[int, Outcome]]:
    """The outcome of each trial by its number, as they end."""

    def work(number: int, send: Send[Outcome]) -> None:
        send(outcome(trials[number]))

    for done in in_processes(range(len(trials)), work, jobs=jobs, seconds=SECONDS):
        yield done.task, done.sent[0] if done.sent else Outcome(broken=done.trouble)


def outcome(trial: Trial) -> Outcome:
    """Run one trial in this process, in which the package was not imported."""
    forget(trial.folder)
    jax.config.update("jax_traceback_filtering", "off")
    path = (trial.folder.parent / trial.file).resolve()
    sys.meta_path.insert(0, _Finder(path, trial.text))
    if trial.judge is Judge.KEYS:
        jax.config.update("jax_enable_custom_prng", True)  # keys of the old kind are not checked
        jax.config.update("jax_debug_key_reuse", True)
    with _watched(path, trial.lines) as seen:
        judging = _Judging(trial, seen)
        run_tests(trial.folder.parent, trial.tests, "--maxfail=1", plugins=[judging])
    raised = judging.raised
    if raised is None:
        return Outcome(shown=judging.shown)
    reused = trial.judge is Judge.KEYS and raised.kind == "KeyReuseError"
    return Outcome(raised, shown=judging.shown or reused or trial.judge is Judge.FAILS)


class _Judging:
    """A plugin of pytest's that ends the tests when they have shown what there is to see."""

    def __init__(self, trial: Trial, seen: list[str]) -> None:
        self._trial = trial
        self._seen = seen
        self.raised: Raised | None = None
        self.shown = False

    def pytest_exception_interact(self, call: pytest.CallInfo[object]) -> None:
        """A test failed, or the import of its module."""
        if call.excinfo is not None and self.raised is None:
            self.raised = _raised(call.excinfo.value, self._trial.folder)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        """A test ended: a judge that waits for no exception is asked."""
        if self._seen or (self._trial.judge is Judge.KEPT and _is_kept(self._trial.folder)):
            self.shown = True
            item.session.shouldstop = "the mistake was seen"


def _raised(error: BaseException, folder: Path) -> Raised:
    root = str(folder.resolve().parent) + "/"
    stack = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in stack if frame.filename.startswith(str(folder.resolve()) + "/")]
    frames = tuple((frame.filename.removeprefix(root), frame.lineno or 0) for frame in own)
    return Raised(type(error).__name__, (str(error).splitlines() or [""])[0][:200], frames)


def _is_kept(folder: Path) -> bool:
    """Whether a module of the package, a class or an object of one, holds a tracer after the test."""
    for holder in gc.get_objects():
        if isinstance(holder, ModuleType):
            name = holder.__name__
        elif isinstance(kind := holder if isinstance(holder, type) else type(holder), type):
            name = kind.__module__
        if isinstance(name, str) and name.partition(".")[0] == folder.name:
            kept = getattr(holder, "__dict__", {}).get(HOLDER)
            if kept is not None and any(isinstance(leaf, jax.core.Tracer) for leaf in jax.tree_util.tree_leaves(kept)):
                return True
    return False


@contextlib.contextmanager
def _watched(path: Path, lines: Container[int]) -> Iterator[list[str]]:
    """Lists the host's calls that lines of a file make in what JAX stages out."""
    seen: list[str] = []
    places: tuple[tuple[Any, str], ...] = (
        *((builtins, name) for name in ("print", "open")),
        (time, "time"),
        (np.random, "normal"),
        (random, "random"),
        (jax.random, "PRNGKey"),
    )
    before = [getattr(holder, name) for holder, name in places]

    def watching(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            caller = sys._getframe(1)
            if caller.f_code.co_filename == str(path) and caller.f_lineno in lines and is_staged():
                seen.append(name)
            return function(*args, **options)

        return call

    for (holder, name), function in zip(places, before, strict=True):
        setattr(holder, name, watching(name, function))
    try:
        yield seen
    finally:
        for (holder, name), function in zip(places, before, strict=True):
            setattr(holder, name, function)


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads the mutant's text in the place of the file's."""

    text: str

    def get_code(self, fullname: str) -> CodeType:
        """The code of the mutant."""
        code: CodeType = compile(self.text, self.get_filename(fullname), "exec", dont_inherit=True)
        return code


class _Finder(MetaPathFinder):
    """Finds modules as the finders after it do, and gives the mutant's text to that of one file."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec of the mutated module; None for all others."""
        spec = found_after(self, fullname, path, target)
        if spec is not None and spec.origin and Path(spec.origin).resolve() == self._path:
            loader = _Loader(fullname, str(self._path))
            loader.text = self._text
            spec.loader = loader
        return spec


def keep_compiled(folder: str) -> None:
    """Have the processes share what they compile: the mutants of a function compute mostly the same."""
    jax.config.update("jax_compilation_cache_dir", folder)
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


def preload(folder: Path, files: Sequence[str]) -> None:
    """Import what a package and its tests import of others, so that forked processes have it, and nothing of the package."""

    def work(root: Path, send: Send[list[str]]) -> None:
        importlib.import_module(folder.name)
        run_tests(root, files, "--collect-only")
        send([*modules_elsewhere(root)])

    def starts_backend(names: list[str], send: Send[bool]) -> None:
        _import(names)
        send(xla_bridge.backends_are_initialized())

    for done in in_processes([folder.parent], work, jobs=1, seconds=300):
        if done.trouble:
            raise SystemExit(f"{folder} cannot be imported: {done.trouble}")
        # A process with a backend, which has threads, is not to be forked.
        for imported in in_processes(done.sent, starts_backend, jobs=1, seconds=300):
            if imported.sent == [False]:
                _import(done.sent[0])


def _import(names: Iterable[str]) -> None:
    for name in names:
        if name.partition(".")[0] not in {"__main__", "__mp_main__"} and name not in sys.modules:
            with contextlib.suppress(Exception, SystemExit):
                importlib.import_module(name)
