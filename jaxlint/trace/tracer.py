"""The abstract tracer: what is shared by the walk of one project.

It ties the parts together and holds what they share: the frames of modules, the summaries of functions, the budgets,
the listeners. What Python does stands in `statements`, `expressions`, `operations`, `calls`; what JAX does in
`transform` and `library`, by the rows of the model.

Three kinds of trouble are kept apart: what the user did wrong is an observation; what is not modelled becomes Unknown;
a fault of the analyser itself is caught at the function being walked, counted in `spent`, and costs that function's
findings only.
"""

from __future__ import annotations

import os
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from astroid import nodes

from jaxlint.model import Model
from jaxlint.model.schema import Constant, Contract, LibraryClass
from jaxlint.trace import calls, expressions, parametrized, statements
from jaxlint.trace.binding import Parameters, parameters_of
from jaxlint.trace.budgets import Budgets, Spent
from jaxlint.trace.carried import carried_names
from jaxlint.trace.context import EAGER
from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.trace.observations import Observation
from jaxlint.trace.scope import attributes_set, chosen_names, counts_steps, filled_names, free_names, given_names
from jaxlint.trace.staleness import Journal
from jaxlint.trace.summaries import Summary
from jaxlint.trace.ways import Walked, Way
from jaxlint.values import Class, Const, Dispatched, External, Function, Instance, Meaning, Module, Transformed, Value


class Sources(Protocol):
    """Where the trees of the project's modules come from; `jaxlint.project.Project` is one."""

    def tree(self, name: str) -> nodes.Module | None:
        """The tree of a module of the project, None when there is none."""

    def has(self, name: str) -> bool:
        """Whether the project has such a module or package."""

    def name_of(self, name: str) -> str | None:
        """The one name of a module of the project that imports may call `name`; None when there is none."""

    def resolve_import(self, module: str, name: str, level: int) -> str:
        """The absolute name that `from <level dots><name> import …` means in `module`."""


class Listener(Protocol):
    """Something that wants to know of observations."""

    def __call__(self, observation: Observation) -> None:
        """Called for each observation of the kinds listened to, while it is made."""


class Recorder(Protocol):
    """Something that wants to know what each name is bound to."""

    def bound(self, frame: Frame, node: nodes.NodeNG, name: str, value: Value) -> None:
        """A name was bound to a value at a node."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error of the analyser itself, in one function."""

    module: str
    function: str
    line: int
    message: str


@dataclass(slots=True)
class Tracer:
    """The state of one analysis."""

    sources: Sources
    model: Model
    budgets: Budgets = field(default_factory=Budgets)
    listeners: dict[type[Observation], list[Callable[[Observation], None]]] = field(default_factory=dict)
    recorder: Recorder | None = None
    assume_traced: tuple[str, ...] = ()
    spent: Spent = field(default_factory=Spent)
    faults: list[Fault] = field(default_factory=list)
    modules: dict[str, Frame] = field(default_factory=dict)
    summaries: dict[nodes.NodeNG, dict[object, Summary]] = field(default_factory=dict)
    walked: defaultdict[nodes.NodeNG, Walked] = field(default_factory=lambda: defaultdict(Walked))
    active: dict[nodes.NodeNG, list[Way]] = field(default_factory=dict)
    functions: dict[Function, None] = field(default_factory=dict)
    handed_over: dict[Function, tuple[Contract, str]] = field(default_factory=dict)
    transformed: dict[Transformed, Transformed] = field(default_factory=dict)
    wrapped: set[Value] = field(default_factory=set)
    rules_of: dict[Transformed, list[Value]] = field(default_factory=dict)
    registered: dict[Dispatched, list[tuple[Value, Value]]] = field(default_factory=dict)
    origins: dict[Transformed, Frame] = field(default_factory=dict)
    classes: list[Class] = field(default_factory=list)
    entered: set[nodes.NodeNG] = field(default_factory=set)
    callees: dict[nodes.NodeNG, dict[nodes.FunctionDef | nodes.Lambda, int]] = field(default_factory=dict)
    called: set[object] = field(default_factory=set)
    instances: dict[Class, Instance | None] = field(default_factory=dict)
    declared: dict[tuple[Class, bool], dict[str, Value]] = field(default_factory=dict)
    cases: dict[nodes.NodeNG, list[parametrized.Case]] = field(default_factory=dict)
    deferred: list[tuple[Frame, nodes.NodeNG]] = field(default_factory=list)
    importing: list[str] = field(default_factory=list)
    watches: list[list[Observation]] = field(default_factory=list)
    journal: Journal = field(default_factory=Journal)
    set_later: dict[Class, frozenset[str]] = field(default_factory=dict)
    _parameters: dict[nodes.NodeNG, Parameters] = field(default_factory=dict)
    _counts_steps: dict[nodes.NodeNG, bool] = field(default_factory=dict)
    _free: dict[nodes.NodeNG, tuple[str, ...]] = field(default_factory=dict)
    _carried: dict[nodes.NodeNG, frozenset[str]] = field(default_factory=dict)
    _chosen: dict[nodes.NodeNG, dict[str, frozenset[str]]] = field(default_factory=dict)
    _given: dict[nodes.NodeNG, dict[str, list[tuple[str, int]]]] = field(default_factory=dict)
    _attributes_set: dict[nodes.Module, frozenset[str]] = field(default_factory=dict)
    _filled: dict[str, frozenset[str]] = field(default_factory=dict)
    _externals: dict[str, Value] = field(default_factory=dict)

    # ------------------------------------------------------------------ the parts

    evaluate = expressions.evaluate
    run_block = statements.run_block
    call = calls.call

    def observe(self, observation: Observation) -> None:
        """Tell whoever listens."""
        if observation.frame.coarse:
            return
        for listener in self.listeners.get(type(observation), ()):
            listener(observation)
        for watched in self.watches:
            watched.append(observation)

    @contextmanager
    def watching(self) -> Iterator[list[Observation]]:
        """Collect what is observed meanwhile."""
        watched: list[Observation] = []
        self.watches.append(watched)
        try:
            yield watched
        finally:
            self.watches.pop()

    def listens(self, kind: type[Observation]) -> bool:
        """Whether anyone listens to a kind of observation, for those that cost something to make."""
        return kind in self.listeners

    def bound(self, frame: Frame, node: nodes.NodeNG, name: str, value: Value) -> None:
        """A name was bound; told to the recorder."""
        if self.recorder is not None:
            self.recorder.bound(frame, node, name, value)

    # ------------------------------------------------------------------ what is remembered of trees

    def parameters(self, node: nodes.FunctionDef | nodes.Lambda) -> Parameters:
        """The parameters of a function."""
        known = self._parameters.get(node)
        if known is None:
            known = self._parameters[node] = parameters_of(node)
        return known

    def free(self, node: nodes.NodeNG) -> tuple[str, ...]:
        """The free names of a nested function."""
        known = self._free.get(node)
        if known is None:
            known = self._free[node] = free_names(node)
        return known

    def counts_steps(self, node: nodes.NodeNG) -> bool:
        """Whether a loop or comprehension repeats one thing."""
        known = self._counts_steps.get(node)
        if known is None:
            known = self._counts_steps[node] = counts_steps(node)
        return known

    def carried(self, node: nodes.For | nodes.While) -> frozenset[str]:
        """The names by which one step of a loop hands something on to the next."""
        known = self._carried.get(node)
        if known is None:
            known = self._carried[node] = carried_names(node)
        return known

    def chosen(self, scope: nodes.NodeNG, asked: str) -> frozenset[str]:
        """The names of a function whose values hang on a name that its branches ask."""
        known = self._chosen.get(scope)
        if known is None:
            known = self._chosen[scope] = chosen_names(scope) if isinstance(scope, nodes.FunctionDef) else {}
        return known.get(asked, frozenset())

    def given(self, scope: nodes.NodeNG) -> dict[str, list[tuple[str, int]]]:
        """For what is written in a function: the names bound to what was made with it, and at which position."""
        known = self._given.get(scope)
        if known is None:
            known = self._given[scope] = given_names(scope) if isinstance(scope, nodes.FunctionDef) else {}
        return known

    def attributes_set(self, module: nodes.Module) -> frozenset[str]:
        """The attributes that a module sets elsewhere than in an `__init__`."""
        known = self._attributes_set.get(module)
        if known is None:
            known = self._attributes_set[module] = attributes_set(module)
        return known

    def filled(self, module: str) -> frozenset[str]:
        """The names of a module whose containers its functions put something into."""
        known = self._filled.get(module)
        if known is None:
            tree = self.sources.tree(module)
            known = self._filled[module] = frozenset() if tree is None else filled_names(tree)
        return known

    # ------------------------------------------------------------------ names

    def external(self, path: str) -> Value:
        """The value of a library's name."""
        known = self._externals.get(path)
        if known is None and self.sources.has(path):
            return self.module(path)  # a module of the project, inside of a folder without `__init__.py`
        if known is None:
            canonical = self.model.canonical(path)
            meaning = self.model.meaning(canonical)
            known = Const(meaning.value) if isinstance(meaning, Constant) else External(canonical, meaning)
            self._externals[path] = known
        return known

    def external_meaning(self, path: str) -> Meaning | None:
        """What the model says of a library's name."""
        return self.model.meaning(path)

    def method_meaning(self, cls: str, name: str) -> Meaning | None:
        """What the model says of a method of a library's class, or of the classes that this is based on."""
        while cls:
            found = self.model.meaning(f"{cls}.{name}")
            if found is not None:
                return found
            row = self.model.meaning(cls)
            cls = row.base if isinstance(row, LibraryClass) else ""
        return None

    def module(self, name: str) -> Value:
        """The module of an absolute name: one of the project, walked on the first use, or a library's."""
        frame = self.module_frame(name)
        return self.external(name) if frame is None else Module(frame.module_name, frame)

    def module_frame(self, name: str) -> Frame | None:
        """The frame of a module of the project; None when the project has no such module."""
        known = self.modules.get(name)
        if known is not None:
            return known
        own = self.sources.name_of(name)
        if own is None:
            return None
        if own != name:
            return self.module_frame(own)
        tree = self.sources.tree(name)
        frame = Frame(FrameKind.MODULE, name, None, EAGER)
        self.modules[name] = frame
        if tree is None:
            return frame
        frame.local_names = tree.locals.keys()
        self.spent.lines += tree.tolineno or 0
        self.importing.append(name)
        self.guarded(frame, tree, lambda: self.run_block(frame, tree.body))
        for block in frame.later:
            self.guarded(frame, block, lambda body=block.body: self.run_block(frame, body))  # type: ignore[misc]
        self.importing.pop()
        return frame

    # ------------------------------------------------------------------ the boundary for faults

    def guarded(self, frame: Frame, node: nodes.NodeNG, work: Callable[[], object]) -> bool:
        """Do the work of one function, module or class; False when the analyser failed in it."""
        try:
            work()
        except RecursionError:
            self.spent.note("stack")
            return False
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            message = f"{type(error).__name__}: {error} ({where.name}, line {where.lineno})"
            self.faults.append(Fault(frame.module_name, frame.name, node.lineno or 0, message))
            if "JAXLINT_RAISE_FAULTS" in os.environ:
                raise
            return False
        return True
