"""Constants: what a compiled function captures becomes a part of its program."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from astroid import nodes

from jaxlint.model.schema import Library
from jaxlint.rules import Finding, Rule, Severity, because, is_hidden, listens_to
from jaxlint.trace.frame import Frame
from jaxlint.trace.observations import BinaryOperation, ItemRead, LibraryCall, MethodCall
from jaxlint.trace.observations.base import Observation
from jaxlint.values import Answer, Array, NumPyArray, Tracing, Value

if TYPE_CHECKING:
    from jaxlint.session import Session

LARGE_CONSTANT = Rule(
    6608,
    "jax-large-constant",
    Severity.REFACTOR,
    "`{name}` has {count} elements and becomes a constant of the compiled program: one more copy of it in each program"
    "{time}; pass it as an argument",
    explanation="""A compiled function captures a large array.

What it does
Reports a computation under `jax.jit` with an array from outside of the compiled function, or with one of NumPy, that has
more elements than the option `large-constant` allows.

Why
An argument is handed to the program; what is captured is written into it. The cost is one more copy of the array in each
program, and a compilation that takes a sixth of a second longer for each million elements, in which XLA may also compute
with it ahead. It happens again for each new shape of the arguments.

    table = jnp.zeros((4096, 4096))
    @jax.jit
    def look_up(i):
        return table[i]

Write instead
    @jax.jit
    def look_up(table, i):
        return table[i]
    jax.jit(functools.partial(look_up))                   # does not help: it captures, too
    jnp.zeros((4096, 4096))                               # inside of the function nothing is stored

When it stays silent
Where the shape is not known; where only the shape or dtype is used; in `vmap` and `grad` alone, which compile nothing.

References
https://docs.jax.dev/en/latest/_autosummary/jax.jit.html
https://docs.jax.dev/en/latest/jit-compilation.html
""",
)

_PER_MILLION = 1 / 6
"""Seconds that XLA takes for a million elements of a constant, on a processor of 2024."""

_LOOKS_ONLY = frozenset({"zeros_like", "ones_like", "full_like", "empty_like", "shape", "ndim", "size", "result_type"})
"""Functions that take nothing of an array but its shape and dtype."""


class ConstantListeners:
    """The rule about what is captured."""

    rules: ClassVar[tuple[Rule, ...]] = (LARGE_CONSTANT,)
    session: Session

    @listens_to(LibraryCall)
    def captured_argument(self, call: LibraryCall) -> Iterator[Finding]:
        """`jnp.dot(table, x)`."""
        if call.operation.library is Library.JAX and call.path.rpartition(".")[2] not in _LOOKS_ONLY:
            for place, value in zip(call.arguments.nodes, call.arguments.positional, strict=False):
                yield from self._large(call, place, value)

    @listens_to(BinaryOperation)
    def captured_operand(self, operation: BinaryOperation) -> Iterator[Finding]:
        """`table * x`."""
        if isinstance(operation.node, nodes.BinOp):
            for place, value, other in (
                (operation.node.left, operation.left, operation.right),
                (operation.node.right, operation.right, operation.left),
            ):
                if isinstance(value, Array) or is_hidden(other):
                    yield from self._large(operation, place, value)

    @listens_to(MethodCall)
    def captured_receiver(self, call: MethodCall) -> Iterator[Finding]:
        """`table.sum()`."""
        if isinstance(call.node, nodes.Call) and isinstance(call.node.func, nodes.Attribute):
            yield from self._large(call, call.node.func.expr, call.receiver)

    @listens_to(ItemRead)
    def captured_table(self, read: ItemRead) -> Iterator[Finding]:
        """`table[i]`."""
        if isinstance(read.node, nodes.Subscript) and isinstance(read.target, Array):
            yield from self._large(read, read.node.value, read.target)

    def _large(self, observation: Observation, place: nodes.NodeNG, value: Value) -> Iterator[Finding]:
        elements = _elements(value)
        if elements <= self.session.options.large_constant or not _is_compiled(observation.frame):
            return
        if isinstance(place, nodes.Name | nodes.Attribute) and _is_first(place):
            seconds = elements / 1e6 * _PER_MILLION
            fills = {
                "name": place.as_string(),
                "count": f"{elements:,}",
                "time": f", and about {seconds:.1f} s longer to compile each" if seconds > 0.1 else "",
            }
            yield Finding(LARGE_CONSTANT, place, fills, because(observation, value))


def _elements(value: Value) -> int:
    """How many elements an array has that is no tracer; 0 for all else, and where that is not known."""
    match value:
        case Array(tracing=Tracing.CONCRETE, shape=tuple(shape)) | NumPyArray(shape=tuple(shape)):
            sizes = [size for size in shape if size is not None]
            return math.prod(sizes) if len(sizes) == len(shape) else 0
    return 0


def _is_compiled(frame: Frame) -> bool:
    entry = frame.context.entry
    return frame.context.staging is Answer.YES and entry is not None and entry.is_compiled


def _is_first(place: nodes.NodeNG) -> bool:
    """Whether a function mentions something here for the first time: it is one constant, however often it is used."""
    text, scope = place.as_string(), place.scope()
    alike = (other for other in scope.nodes_of_class(type(place)) if other.as_string() == text and _is_used(other))
    return min(alike, key=_position, default=place) is place


def _is_used(place: nodes.NodeNG) -> bool:
    """Whether more of an array is used than an attribute such as its shape."""
    return not (isinstance(place.parent, nodes.Attribute) and not isinstance(place.parent.parent, nodes.Call))


def _position(node: nodes.NodeNG) -> tuple[int, int]:
    return node.lineno or 0, node.col_offset or 0


__all__ = ["LARGE_CONSTANT", "ConstantListeners"]
