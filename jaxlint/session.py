"""A session: what the checkers of one linter share. It analyses the project around a file once, and keeps the findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from astroid import nodes
from astroid.manager import AstroidManager

from jaxlint.analysis import Listeners, run_analysis
from jaxlint.model import Model, read_rows
from jaxlint.model.jax_api import Api
from jaxlint.model.libraries import JAX_LIBRARIES
from jaxlint.model.versions import VersionError, Versions
from jaxlint.project import Program, Project
from jaxlint.trace.frame import Expects

if TYPE_CHECKING:
    from jaxlint.rules import Finding, JaxChecker
    from jaxlint.trace.observations import Observation
    from jaxlint.trace.tracer import Fault

_Key = tuple[Path, str, int, int]


@dataclass(frozen=True, slots=True)
class Options:
    """What the user chose.

    Attributes:
        assume_traced: patterns for functions that only the users of a library call, under a transformation.
        read_package: whether the rest of the package around a file is read, to know who calls its functions.
        unrolled_steps: how many steps a Python loop in traced code may have before it is told.
        large_constant: how many elements an array may have that a compiled function captures.
        rows: files with rows for the model (`jaxlint.model.reading`).
        jax_version: the range of versions of JAX that the program is for; empty for what its metadata asks for.
        jax_x64: whether `jax_enable_x64` is on where the program runs: "on", "off", or "auto" for what its text says.
    """

    assume_traced: tuple[str, ...] = ()
    read_package: bool = True
    rows: tuple[str, ...] = ()
    jax_version: str = ""
    jax_x64: str = "auto"
    unrolled_steps: int = 32
    large_constant: int = 1_000_000


def model_with(files: tuple[str, ...]) -> tuple[Model, frozenset[str]]:
    """The model with the rows of these files, and the libraries that bring JAX along, those of the rows among them.

    Raises:
        RowsError, DuplicateRowError: when the files hold something else, or a name that has a row already.
    """
    rows = read_rows(files)
    model = Model.standard().extended(rows) if rows else Model.standard()
    return model, JAX_LIBRARIES | {row.path.partition(".")[0] for row in rows}


_X64 = re.compile(r"enable_x64|ENABLE_X64")


class Facts:
    """What rules may ask about the program whose files are being analysed."""

    def __init__(self, program: Program, options: Options) -> None:
        self.program = program
        self._options = options

    @cached_property
    def versions(self) -> Versions:
        """The versions of JAX that the program is for."""
        try:
            return Versions.parse(self._options.jax_version or self.program.requirement or "")
        except VersionError:  # a requirement that is written in another way
            return Versions("")

    @cached_property
    def release(self) -> int | None:
        """The number of the newest release of JAX that the program is for; None when none of these is known."""
        return Api.known().newest(self.versions)

    @cached_property
    def allows_newer(self) -> bool:
        """Whether the program may run with a JAX newer than all that are known, which may have further names."""
        return self.versions.allows((2**31,))

    def x64_is_off(self, module: str) -> bool:
        """Whether 64-bit types surely are off in a module: who runs it is in view, and nothing of it mentions them."""
        if self._options.jax_x64 != "auto":
            return self._options.jax_x64 == "off"
        return not self.program.is_library and not self.program.says(module, _X64)


class Session:
    """The analyses made for one linter.

    The project of a file is the package around it, whichever file was asked for, so that the findings for a file are
    the same when it is linted alone, with its package, in another order or by one of several processes.
    """

    def __init__(self) -> None:
        self.options = Options()
        self.facts: Facts | None = None
        self._checkers: dict[type[JaxChecker], JaxChecker] = {}
        self._findings: dict[Path, dict[_Key, Finding]] = {}
        self._faults: dict[Path, set[Fault]] = {}
        self._analysed: set[Path] = set()
        self._models: dict[tuple[str, ...], tuple[Model, frozenset[str]]] = {}

    def join(self, checker: JaxChecker) -> None:
        """A checker takes part."""
        self._checkers[type(checker)] = checker

    def findings(self, checker: JaxChecker, module: nodes.Module) -> Iterator[Finding]:
        """The findings that one checker tells in one module, in the order of their places."""
        if not module.file:
            return
        symbols = {rule.symbol for rule in checker.told}
        for finding in self.findings_in(Path(module.file)):
            if finding.rule.symbol in symbols:
                yield finding

    def findings_in(self, path: Path) -> Iterator[Finding]:
        """The findings of all checkers in one file, in the order of their places."""
        found = self._findings.get(self._analysed_path(path), {})
        for key in sorted(found, key=lambda k: (k[2], k[3], k[1])):
            yield found[key]

    @property
    def faults(self) -> list[Fault]:
        """All faults so far."""
        return [fault for faults in self._faults.values() for fault in faults]

    def faults_in(self, path: Path) -> list[Fault]:
        """The functions of one file in which the analyser itself failed, in the order of their places."""
        return sorted(self._faults.get(self._analysed_path(path), ()), key=lambda fault: (fault.line, fault.function))

    def _known(self) -> tuple[Model, frozenset[str]]:
        files = self.options.rows
        if files not in self._models:
            self._models[files] = model_with(files)
        return self._models[files]

    def _analysed_path(self, path: Path) -> Path:
        path = path.resolve()
        if path not in self._analysed:
            self._analyse(path)
        return path

    def _analyse(self, path: Path) -> None:
        follow = self.options.read_package
        model, libraries = self._known()
        project = Project([path], libraries=libraries, trees=_ready_trees(), follow_package=follow)
        self._analysed.add(path)
        source = project.at(path)
        if source is None:
            return
        if not project.concerns_jax(source.name):
            others = (module for module in project.modules if module.home == source.home)
            self._analysed.update(module.path for module in others if not project.concerns_jax(module.name))
            return
        # What this home only imports is walked when it is reached; who imports it may call it, and is walked as well.
        home = {module.name for module in project.modules if module.home == source.home}
        walked = home.union(*map(project.importers, home))
        modules = [module for module in project.modules if module.name in walked and project.concerns_jax(module.name)]
        paths = {module.name: module.path for module in project.modules}
        self.facts = Facts(Program(project, source), self.options)
        tracer = run_analysis(
            project,
            [module.name for module in modules],
            self._listeners(),
            assume_traced=self.options.assume_traced,
            model=model,
        )
        self._analysed.update(module.path for module in modules if module.home == source.home)
        for fault in tracer.faults:
            self._faults.setdefault(paths[fault.module], set()).add(fault)

    def _listeners(self) -> Listeners:
        listeners: Listeners = {}
        for checker in self._checkers.values():
            for kind, name in checker.listeners():
                listeners.setdefault(kind, []).append(self._collector(getattr(checker, name)))
        return listeners

    def _collector(self, listener: Callable[[Observation], Iterator[Finding]]) -> Callable[[Observation], None]:
        def collect(observation: Observation) -> None:
            for finding in listener(observation):
                if finding.rule.raises and observation.frame.expects is not Expects.NOTHING:
                    continue  # the code waits for the error
                self._add(_file_of(finding.node.root()), finding)

        return collect

    def _add(self, path: Path, finding: Finding) -> None:
        node = finding.node
        key = (path, finding.rule.symbol, node.lineno or 0, node.col_offset or 0)
        known = self._findings.setdefault(path, {})
        earlier = known.get(key)
        if earlier is None or _rank(finding) < _rank(earlier):
            known[key] = finding


def _file_of(tree: nodes.Module) -> Path:
    """The file of a module. Not by its name: a tree that pylint has built is named as pylint found it, which need not be
    what the project calls the file.
    """
    return Path(tree.file).resolve()


def _rank(finding: Finding) -> tuple[str, int, str]:
    """Of several ways to come to one finding the surest, then the shortest, is told."""
    return finding.because.confidence.value, len(finding.text), finding.text


def _ready_trees() -> Callable[[Path], nodes.Module | None]:
    """The trees that pylint has built, by file."""
    ready = {
        Path(tree.file).resolve(): tree
        for tree in AstroidManager().astroid_cache.values()
        if tree.file and tree.file.endswith(".py")
    }
    return ready.get
