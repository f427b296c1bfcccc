"""Runs the tests that cover a mutated function, with the mutant in the file's place, and asks the judge of its kind."""

from __future__ import annotations

import builtins
import contextlib
import importlib.machinery
import sys
import time
import traceback
import unittest
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import jax
import numpy as np

from jaxlint.observe.classes import is_staged
from jaxlint.observe.importing import found_after
from mutations.covering import cases_in, forget, parse_flags
from mutations.forking import Send, in_processes
from mutations.mutation import HOLDER, Judge
from random_programs.programs import Raised

SECONDS = 90.0
"""For the tests of one mutant."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A text for one file of a package, the tests to run with it, and how they are judged."""

    folder: Path
    file: str
    text: str
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
    parse_flags()
    forget(trial.folder)
    jax.config.update("jax_traceback_filtering", "off")
    path = (trial.folder.parent / trial.file).resolve()
    sys.meta_path.insert(0, _Finder(path, trial.text))
    keys = jax.debug_key_reuse(True) if trial.judge is Judge.KEYS else contextlib.nullcontext()
    for name in trial.tests:
        with keys, _watched(path) as seen:
            raised = _raised(name, trial.folder)
        if raised is not None:
            return Outcome(raised, shown=raised.kind == "KeyReuseError" and trial.judge is Judge.KEYS)
        if seen or (trial.judge is Judge.KEPT and _is_kept(trial.file)):
            return Outcome(shown=True)
    return Outcome()


def _raised(test: str, folder: Path) -> Raised | None:
    try:
        for case in cases_in(unittest.defaultTestLoader.loadTestsFromName(test)):
            case.debug()
    except unittest.SkipTest:
        return None
    except Exception as error:  # whatever a test raises
        root = str(folder.resolve().parent) + "/"
        stack = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in stack if frame.filename.startswith(str(folder.resolve()) + "/")]
        frames = tuple((frame.filename.removeprefix(root), frame.lineno or 0) for frame in own)
        return Raised(type(error).__name__, (str(error).splitlines() or [""])[0][:200], frames)
    return None


def _is_kept(file: str) -> bool:
    """Whether the mutated module holds a tracer after its test."""
    module = sys.modules.get(".".join(Path(file).with_suffix("").parts).removesuffix(".__init__"))
    leaves = jax.tree_util.tree_leaves(getattr(module, HOLDER, None))
    return any(isinstance(leaf, jax.core.Tracer) for leaf in leaves)


@contextlib.contextmanager
def _watched(path: Path) -> Iterator[list[str]]:
    """Lists the host's calls that the file makes in what JAX stages out."""
    seen: list[str] = []
    places: tuple[tuple[Any, str], ...] = ((builtins, "print"), (time, "time"), (np.random, "normal"))
    before = [getattr(holder, name) for holder, name in places]

    def watching(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            if sys._getframe(1).f_code.co_filename == str(path) and is_staged():
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


def preload(folder: Path, modules: Sequence[str]) -> None:
    """Import what a package and its tests import of others, so that forked processes have it, and nothing of the package."""

    def work(module: str, send: Send[list[str]]) -> None:
        parse_flags()
        importlib.import_module(module)
        for each in modules:
            with contextlib.suppress(Exception, SystemExit):
                importlib.import_module(each)
        send([name for name in sys.modules if name.partition(".")[0] != module])

    for done in in_processes([folder.name], work, jobs=1, seconds=300):
        if done.trouble:
            raise SystemExit(f"{folder} cannot be imported: {done.trouble}")
        for name in done.sent[0]:
            if name.partition(".")[0] not in {"__main__", "__mp_main__"} and name not in sys.modules:
                with contextlib.suppress(Exception, SystemExit):
                    importlib.import_module(name)
