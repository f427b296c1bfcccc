"""Names of libraries: where a program imports them, reads them and calls them, whether or not there is a row for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.trace.observations.base import Observation
from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from jaxlint.trace.binding import Arguments
    from jaxlint.values import Value


@immutable(frozen=True, slots=True)
class NameRead(Observation):
    """`module.name` is read of a library's module or class. `path` is the whole name as the program spells it."""

    path: str


@immutable(frozen=True, slots=True)
class ModuleImport(Observation):
    """`import path`, or `from path import …` (with `names` then); `alias` is the name that `as` gives."""

    path: str
    alias: str | None = None
    names: tuple[str, ...] = ()


@immutable(frozen=True, slots=True)
class NameImport(Observation):
    """`from module import name`: `path` is the whole name."""

    path: str


@immutable(frozen=True, slots=True)
class NamedCall(Observation):
    """A library's function or class is called by its name, before anything is known of the result.

    `alone` says that nothing else can be called there; of several, the arguments may be meant for another.
    """

    path: str
    arguments: Arguments
    alone: bool = True


@immutable(frozen=True, slots=True)
class TypeTest(Observation):
    """`isinstance(value, classes)`, or `type(value) is classes` (`exact`)."""

    value: Value
    classes: Value
    exact: bool = False


@immutable(frozen=True, slots=True)
class Membership(Observation):
    """`value in container`, or with `key` the look-up `container[value]`, in a Python container."""

    value: Value
    container: Value
    key: bool = False
