"""How many positional arguments a callable takes, as far as its signature tells.

arity(lambda carry, x: …)                    # Arity(2, 2)
arity(partial(f, 1)) with f(a, b, c=0)       # Arity(1, 2)
"""

from __future__ import annotations

from jaxlint.model.schema import Wrapper
from jaxlint.trace.binding import parameters_of
from jaxlint.values import Bound, Function, Partial, Transformed, Value
from jaxlint.values.immutable import immutable


@immutable(frozen=True, slots=True)
class Arity:
    """The least and the largest number of positional arguments; no `most` for a callable that takes any number."""

    least: int
    most: int | None

    def accepts(self, count: int) -> bool:
        """Whether so many positional arguments, and no others, can be given."""
        return self.least <= count and (self.most is None or count <= self.most)

    def without(self, given: int) -> Arity:
        """That of the callable once so many arguments stand in front."""
        return Arity(max(self.least - given, 0), None if self.most is None else self.most - given)

    def __str__(self) -> str:
        if self.most is None:
            return f"at least {self.least}"
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"


def arity(callable_: Value) -> Arity | None:
    """The arity of a callable; None where it is not known."""
    match callable_:
        case Function(node=node, defaults=defaults):
            parameters = parameters_of(node)
            optional = {name for name, _ in defaults}
            if not optional.issuperset(parameters.keyword_only):
                return None
            least = sum(name not in optional for name in parameters.positional)
            return Arity(least, None if parameters.vararg is not None else len(parameters.positional))
        case Bound(function=function):
            return _without(function, 1)
        case Partial(function=function, arguments=given, keywords=()):
            return _without(function, len(given))
        case Transformed(transformation=Wrapper(lifts=False), function=function):
            return arity(function)
    return None


def _without(function: Value, given: int) -> Arity | None:
    below = arity(function)
    return None if below is None else below.without(given)
