"""Calls: of a library's functions and methods, and of what transformations make of functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.trace.observations.base import Observation
from jaxlint.values import UNKNOWN, Value
from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.model.schema import ArrayAttribute, Callee, Loop, Operation, Wrapper
    from jaxlint.trace.binding import Arguments
    from jaxlint.values import Pullback, Transformed


@immutable(frozen=True, slots=True)
class LibraryCall(Observation):
    """A library function is called, or a method of a library's object, the `receiver`."""

    operation: Operation
    path: str
    arguments: Arguments
    result: Value
    receiver: Value | None = None


@immutable(frozen=True, slots=True)
class MethodCall(Observation):
    """A method of an array is called; `meaning` is None when arrays have no such method."""

    receiver: Value
    name: str
    meaning: ArrayAttribute | None
    arguments: Arguments
    result: Value


@immutable(frozen=True, slots=True)
class TransformApplied(Observation):
    """A wrapper is put on a function: `jit(f)`. Nothing is called yet."""

    wrapper: Wrapper
    transformed: Transformed
    arguments: Arguments


@immutable(frozen=True, slots=True)
class TransformedCall(Observation):
    """A function with a wrapper on it is called.

    `traced` are the arguments that the wrapper traces, `returned` is what the function itself returned, inside.
    """

    transformed: Transformed
    arguments: Arguments
    result: Value
    traced: tuple[Value, ...] = ()
    returned: Value = UNKNOWN


@immutable(frozen=True, slots=True)
class StaticArgument(Observation):
    """`value` is passed to a function with a wrapper on it, at a position that surely is static there.

    `place` is the argument as it is written, None where the call does not show it.
    """

    transformed: Transformed
    value: Value
    place: nodes.NodeNG | None = None


@immutable(frozen=True, slots=True)
class LoopCall(Observation):
    """A loop or branch primitive is called, such as scan, cond and while_loop.

    `results` are what its functions returned, in whatever step; `first` what they returned in the first one.
    """

    loop: Loop
    arguments: Arguments
    functions: tuple[tuple[Callee, Value], ...]
    first: tuple[Value, ...]
    results: tuple[Value, ...]
    result: Value

    @property
    def operands(self) -> tuple[Value, ...]:
        """The arguments that become those of the functions: whole, in slices, or as a carry."""
        found: list[Value] = []
        for name in dict.fromkeys(source.parameter for callee in self.loop.callees for source in callee.takes):
            if name not in self.loop.parameters:
                continue
            place = self.loop.parameters.index(name)
            value = self.arguments.get(place, name)
            found += self.arguments.positional[place:] if name.startswith("*") else [] if value is None else [value]
        operand = self.arguments.keyword("operand")  # of cond, which takes all of them in one as well
        return tuple(found) if operand is None else (*found, operand)


@immutable(frozen=True, slots=True)
class PullbackCall(Observation):
    """The function that `jax.vjp` gave is called: what it was given for is differentiated backwards."""

    pullback: Pullback


@immutable(frozen=True, slots=True)
class CachedCall(Observation):
    """A function under `functools.cache`, `lru_cache` or `cached_property` is called."""

    function: Value
    arguments: Arguments


@immutable(frozen=True, slots=True)
class FunctionReturn(Observation):
    """A traced function returns."""

    function: Value
    value: Value


@immutable(frozen=True, slots=True)
class DerivativeGiven(Observation):
    """A function with a derivative of its own is given that: `f.defjvp(rule)`; `name` is the method's."""

    transformed: Transformed
    name: str
    arguments: Arguments


@immutable(frozen=True, slots=True)
class DerivativeMissing(Observation):
    """A function that is to have a derivative of its own is called before it was seen to be given one."""

    transformed: Transformed


@immutable(frozen=True, slots=True)
class DerivativeRun(Observation):
    """A rule for a derivative was called as JAX calls it: `name` is the method by which it was given, `place` its place
    among the rules of that; `count` is the number of arguments by which is differentiated.
    """

    name: str
    place: int
    rule: Value
    returned: Value
    count: int
