"""A case's functions, ready to be called: each side's with arguments of its form, the fixed one under `jit` as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType
from typing import Any

import jax

from jaxlint.verify.evidence import Work, finished, watched
from jaxlint.verify.expect import Case
from jaxlint.verify.inputs import JaxSide, ReferenceSide, Side, arguments
from jaxlint.verify.sides import Lesson, SideName

Function = Callable[..., Any]
Inputs = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Callee:
    """A function of one side, and the module that it comes from."""

    function: Function
    module: ModuleType
    form: Side

    def arguments(self, inputs: Inputs) -> list[Any]:
        """Fresh arguments for inputs as a case states them."""
        return arguments(inputs, self.form, self.module)

    def __call__(self, inputs: Inputs) -> Any:
        """The result for fresh arguments, when all that was dispatched is done."""
        return finished(self.function, *self.arguments(inputs))

    @property
    def is_jitted(self) -> bool:
        """Whether the function is the result of `jit`."""
        return isinstance(self.function, jax.stages.Wrapped)

    def under_jit(self, case: Case) -> Callee:
        """As verify runs the fixed function: put under `jit`, unless it is or must not be."""
        if case.plain_python or self.is_jitted:
            return self
        return replace(self, function=jax.jit(self.function, static_argnames=case.static))

    def without_jit(self) -> Callee:
        """The function that `jit` was given."""
        return replace(self, function=self.function.__wrapped__) if self.is_jitted else self  # type: ignore[attr-defined]


class Subject:
    """A case, with what several claims look at."""

    def __init__(self, case: Case, callees: Callable[[SideName], Callee]) -> None:
        """Loads and runs nothing yet: `callees` gives a side's function as it is written, from a module loaded afresh."""
        self.case = case
        self.callee = callees

    def given(self, inputs: Inputs) -> Subject:
        """The same functions with other inputs."""
        return Subject(replace(self.case, args=inputs), self.callee)

    @cached_property
    def jitted(self) -> Callee:
        """The fixed function under `jit` (host code as it is): one object, so that it is compiled only once."""
        return self.callee(SideName.FIXED).under_jit(self.case)

    @cached_property
    def first_call(self) -> Work:
        """What JAX traced and compiled when `jitted` was called for the first time."""
        args = self.jitted.arguments(self.case.args)
        with watched() as work:
            finished(self.jitted.function, *args)
        return work


def subject_of(found: Lesson, case: Case) -> Subject:
    """A case of an example."""

    def callee(side: SideName) -> Callee:
        function, module = found.function(side, case)
        return Callee(function, module, ReferenceSide() if side is SideName.REFERENCE else JaxSide())

    return Subject(case, callee)
