"""Why a value is traced: the transformation, where it was applied, and the transformations around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import Enum

from jaxlint.values.immutable import immutable


class Confidence(Enum):
    """How it is known that a value is traced; pylint shows it with each message."""

    HIGH = "HIGH"  # a transformation in view, in the same module
    INFERENCE = "INFERENCE"  # by a caller in another module, or by a framework's contract


@immutable(frozen=True, slots=True)
class Location:
    """A place in a file; lines count from 1."""

    module: str
    line: int

    def seen_from(self, module: str) -> str:
        """How to name the place in a message that stands in `module`."""
        return f"line {self.line}" if module == self.module else f"{self.module}:{self.line}"


@immutable(frozen=True, slots=True)
class TraceEntry:
    """One function handed to one transformation: where a trace begins.

    Attributes:
        transformation: the public name, such as "jax.jit".
        function: the name of the function that is traced.
        location: where the transformation is applied.
        depth: how many traces are open inside of it, itself included; 1 for the outermost.
        contract: True when a framework's contract says so, not a call in view.
        hides: False for `grad` and its like, under which alone code runs at each call, on values that it can look at.
        kept: whether JAX goes on with the trace instead of the function: compiles it, or runs it more than once.
        repeats: whether one call runs the trace more than once: the body of a loop.
        stages: whether an array that is made inside is a tracer, although nothing traced went in.
        compiles: whether JAX compiles a program of the function, in which the arrays that it captures are constants.
        outer: the trace around this one; no part of equality.
        alike: parameters of the function that every lane of a map gets alike: its tree and their names.
    """

    transformation: str
    function: str
    location: Location
    depth: int
    contract: bool = False
    hides: bool = True
    kept: bool = False
    repeats: bool = False
    compiles: bool = False
    stages: bool = False
    outer: TraceEntry | None = field(default=None, compare=False, repr=False)
    alike: frozenset[object] = field(default=frozenset(), compare=False, repr=False)

    @property
    def is_compiled(self) -> bool:
        """Whether a program is compiled of this trace, or of one around it."""
        return self.compiles or (self.outer is not None and self.outer.is_compiled)

    def describe(self, module: str) -> str:
        """A phrase for messages in `module`: "jax.jit of step (line 12)"."""
        return f"{self.transformation} of {self.function} ({self.location.seen_from(module)})"


def entries(entry: TraceEntry | None) -> Iterator[TraceEntry]:
    """The traces open around, the innermost first."""
    while entry is not None:
        yield entry
        entry = entry.outer
