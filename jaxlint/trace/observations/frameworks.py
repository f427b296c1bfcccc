"""Frameworks: calls of theirs around the user's code, and code that they should call and do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.trace.observations.base import Observation
from jaxlint.values import Instance, Meaning, Value
from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from jaxlint.model.schema import Caller
    from jaxlint.trace.binding import Arguments
    from jaxlint.trace.demands import Asked


@immutable(frozen=True, slots=True)
class FrameworkCall(Observation):
    """A function of a framework calls the user's: `model.apply(variables, x)`.

    Attributes:
        row: what the function is.
        target: the object, or the function, that is called.
        own: the arguments that the framework keeps to itself, by name.
        arguments: all of them.
        written: the collections of variables into which the user's code surely writes, and where.
        drawn: the streams of random numbers from which it surely draws, and where.
    """

    row: Caller
    target: Value
    own: dict[str, Value]
    arguments: Arguments
    written: Asked = ()
    drawn: Asked = ()

    def given(self, name: str) -> Value | None:
        """An argument that the framework keeps; None when it surely was left out."""
        value = self.own.get(name)
        return self.arguments.star_keywords if value is None else value


@immutable(frozen=True, slots=True)
class OutsideFramework(Observation):
    """Code does what only a framework's call around it makes possible, and surely there is none.

    `hk.get_parameter("w", (3,))` outside of what was given to `hk.transform`, `nn.Dense(3)(x)` outside of `apply`.

    Attributes:
        within: the row of what has to be around: of the function that is given the code, or of the class whose methods
            run it.
        name: what is called, made or read.
        target: the object whose method or attribute it is, None for a function.
    """

    within: Meaning
    name: str
    target: Value | None = None


@immutable(frozen=True, slots=True)
class ObjectMade(Observation):
    """An object of a class of the project is made: `Class(…)` at `node`, and what its attributes hold then."""

    made: Instance
