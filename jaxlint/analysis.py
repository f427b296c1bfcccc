"""One analysis of one project: the abstract tracer over its modules, with whoever listens."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from astroid import nodes

from jaxlint.model import Model
from jaxlint.project import Project, collection_paused
from jaxlint.trace.budgets import Budgets
from jaxlint.trace.entries import analyse
from jaxlint.trace.observations import Observation
from jaxlint.trace.tracer import Recorder, Tracer

_STACK_BYTES = 512 * 2**20
"""Reserved, not used: the walk of deeply nested code recurses, and CPython 3.11 keeps part of it on the C stack."""

_RECURSION_LIMIT = 40_000

Listeners = dict[type[Observation], list[Callable[[Observation], None]]]


@dataclass(frozen=True, slots=True)
class ProjectSources:
    """The modules of a project as the abstract tracer asks for them."""

    project: Project
    imports: dict[tuple[str, str, int], str] = field(default_factory=dict)

    def tree(self, name: str) -> nodes.Module | None:
        """The tree of a module, None when it does not parse."""
        return self.project.tree(name)

    def has(self, name: str) -> bool:
        """Whether the project has such a module."""
        return self.project.find(name) is not None

    def name_of(self, name: str) -> str | None:
        """The one name of the module that imports may call `name`."""
        found = self.project.find(name)
        return None if found is None else found.name

    def resolve_import(self, module: str, name: str, level: int) -> str:
        """The absolute name of an import."""
        key = (module, name, level)
        found = self.imports.get(key)
        if found is None:
            found = self.imports[key] = self.project.resolve_import(module, name, level)
        return found


def run_analysis(
    project: Project,
    modules: Iterable[str],
    listeners: Listeners | None = None,
    recorder: Recorder | None = None,
    budgets: Budgets | None = None,
    assume_traced: tuple[str, ...] = (),
    model: Model | None = None,
) -> Tracer:
    """Walk the modules of a project, all of them in the order given, and return the tracer with what it found.

    `assume_traced`: patterns for the dotted names of functions that are walked as if under `jax.jit`; `model`: what is
    known of libraries, the standard model when left out.

    The walk recurses as deep as the code nests and calls, so it runs in a thread with a stack of its own.
    """
    sources = ProjectSources(project)
    tracer = Tracer(sources, model or Model.standard(), budgets or Budgets(), listeners or {}, recorder, assume_traced)
    names = list(modules)
    failure: list[BaseException] = []

    def work() -> None:
        try:
            with collection_paused():
                analyse(tracer, names)
        except BaseException as error:
            failure.append(error)

    previous_limit, previous_size = sys.getrecursionlimit(), threading.stack_size(_STACK_BYTES)
    sys.setrecursionlimit(max(previous_limit, _RECURSION_LIMIT))
    try:
        thread = threading.Thread(target=work, name="jaxlint")
        thread.start()
        thread.join()
    finally:
        threading.stack_size(previous_size)
        sys.setrecursionlimit(previous_limit)
    if failure:
        raise failure[0]
    return tracer
