"""Descriptors: what a function in a class body becomes when it is read from an object or its class."""

from __future__ import annotations

from jaxlint.values import (
    UNKNOWN,
    Bound,
    Class,
    Dispatched,
    Function,
    Instance,
    Partial,
    Transformed,
    Union,
    Value,
    alternatives,
    join_all,
)


def from_class(value: Value, receiver: Value | None, cls: Value) -> Value:
    """The descriptor protocol: functions bind, static methods do not, class methods bind the class."""
    match value:
        case StaticMethod(function):
            return function
        case ClassMethod(function):
            return Bound(cls, function)
        case Property():
            return UNKNOWN
        case Function() | Transformed() | Dispatched() if receiver is not None:
            return Bound(receiver, value)
        case PartialMethod(Partial(function, given, keywords)) if receiver is not None:
            return Partial(Bound(receiver, function), given, keywords)
        case Union() if receiver is not None:
            return join_all(from_class(option, receiver, cls) for option in alternatives(value))
        case Instance(cls=Class() as kind) if kind.find("__get__") is not None:
            return UNKNOWN  # whatever that gives
    return value


class _Descriptor(Value):
    __slots__ = ("function",)

    def __init__(self, function: Value) -> None:
        self.function = function

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.function == other.function

    def __hash__(self) -> int:
        return hash((type(self), self.function))


class StaticMethod(_Descriptor):
    """`staticmethod(f)` in a class body."""

    __match_args__ = ("function",)


class ClassMethod(_Descriptor):
    """`classmethod(f)` in a class body."""

    __match_args__ = ("function",)


class PartialMethod(_Descriptor):
    """`functools.partialmethod(f, …)` in a class body: the receiver comes before what was given."""

    __match_args__ = ("function",)


class Property(_Descriptor):
    """`property(f)`, `functools.cached_property(f)`: reading it calls the function."""

    __match_args__ = ("function",)

    @property
    def getter(self) -> Value:
        """The function that reading the attribute calls."""
        return self.function
