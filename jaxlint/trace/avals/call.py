"""A call of a library function, as the rules for its shape and dtype look at it."""

from __future__ import annotations

from collections.abc import Callable

from jaxlint.trace import shapes
from jaxlint.trace.binding import Arguments
from jaxlint.trace.dtypes import Typed
from jaxlint.trace.iteration import items_of
from jaxlint.values import Array, Const, List, Shape, Tuple, Value
from jaxlint.values.immutable import immutable

_NO_OPERANDS = frozenset({"out", "where", "dtype", "key", "order", "mode"})


@immutable(frozen=True, slots=True)
class Call:
    """A call, as the rules look at it.

    Attributes:
        parameters: the names of the positional parameters.
        static: those that are no operands.
        arguments: what is given.
    """

    parameters: tuple[str, ...]
    static: tuple[str, ...]
    arguments: Arguments

    def given(self, name: str) -> Value | None:
        """The argument for a parameter; None where it is left out, or None."""
        value = self.arguments.named(self.parameters, name)
        return None if type(value) is Const and value.value is None else value

    def at(self, place: int) -> Value | None:
        """The argument for the parameter at a place; for `*args` all that are given."""
        if place >= len(self.parameters):
            return None
        name = self.parameters[place]
        if not name.startswith("*"):
            return self.given(name)
        rest = self.arguments.positional[place:]
        return (rest[0] if len(rest) == 1 else Tuple(rest)) if rest else None

    def shape(self, place: int = 0) -> Shape | None:
        """The shape of the argument at a place."""
        value = self.at(place)
        return None if value is None else shapes.shape_of(value)

    def operands(self) -> list[Value]:
        """The operands that are given."""
        found: list[Value] = []
        for name in self.parameters:
            if name.startswith("*"):
                found += self.arguments.positional[self.parameters.index(name) :]
            elif name not in self.static and name not in _NO_OPERANDS:
                value = self.given(name)
                found += [] if value is None else [value]
        return found

    def members(self) -> list[Value] | None:
        """The arrays in the sequence that is the first argument; an array is a sequence of its slices."""
        value = self.at(0)
        match value:
            case Tuple(items) | List(items=tuple(items)):
                return list(items) or None
            case Array(tracing, shape, dtype, weak, None) if shape and shape[0] is not None and 0 < shape[0] <= 64:
                return [Array(tracing, shape[1:], dtype, weak)] * shape[0]
        listed = None if value is None else items_of(value)
        return list(listed) if listed else None

    def shapes_of_members(self) -> list[Shape] | None:
        """The shapes of these, where all are known."""
        members = self.members()
        if members is None:
            return None
        found = [shape for shape in map(shapes.shape_of, members) if shape is not None]
        return found if len(found) == len(members) else None

    def integer(self, name: str, default: int | None = None) -> int | None:
        """An integer argument, where it is known."""
        value = self.arguments.named(self.parameters, name)
        if value is None:
            return default
        return value.value if isinstance(value, Const) and isinstance(value.value, int) else None


ShapeOf = Callable[[Call], Shape | None]
TypedBy = Callable[[Call], Typed]
