"""The questions asked of every abstract value, and the values that carry no structure.

An *abstract value* stands for all the Python objects that an expression may evaluate to. Values are immutable and equal
by content, so that a value can be part of the key of a function summary and a join is a pure function.

    x = jnp.zeros(3)          # Array(f32[3], concrete)
    n = x.shape[0]            # Const(3)
    y = other(x)              # Unknown, when nothing is known of `other`

`Unknown` and `Never` are values of their own: *Unknown* may be any object, *Never* is no object at all (an expression
that cannot be reached, or the result of a recursive call before anything is known of it).
"""

from __future__ import annotations

from jaxlint.values.immutable import Symbol, immutable


class Answer(Symbol):
    """The answer to a question about an abstract value. Only YES may lead to a finding."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __or__(self, other: Answer) -> Answer:
        """The answer for a value that may be either of two."""
        return self if self is other else Answer.UNKNOWN

    @staticmethod
    def of(flag: bool | None) -> Answer:
        """YES, NO, or UNKNOWN for None."""
        if flag is None:
            return Answer.UNKNOWN
        return Answer.YES if flag else Answer.NO


class Value:
    """An abstract value. Subclasses are frozen dataclasses; none is ever changed."""

    __slots__ = ("_hash",)

    _hash: int
    """Its hash, once that was asked for (see `jaxlint.values.immutable`)."""


@immutable(frozen=True, slots=True)
class Unknown(Value):
    """Any object at all."""

    def __repr__(self) -> str:
        return "Unknown"


@immutable(frozen=True, slots=True)
class Never(Value):
    """No object: the bottom of the lattice."""

    def __repr__(self) -> str:
        return "Never"


UNKNOWN = Unknown()
NEVER = Never()


@immutable(frozen=True, slots=True)
class Const(Value):
    """A Python constant that is known: number, string, bytes, bool, None, Ellipsis."""

    value: object

    def __repr__(self) -> str:
        return repr(self.value)

    def __eq__(self, other: object) -> bool:
        # 1, 1.0 and True are equal to Python and different to JAX.
        if self is other:
            return True
        return isinstance(other, Const) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


NONE = Const(None)
TRUE = Const(True)
FALSE = Const(False)


class HostKind(Symbol):
    """What is known of a Python object that is no array and holds none."""

    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    COMPLEX = "complex"
    STR = "str"
    BYTES = "bytes"
    DTYPE = "dtype"
    OBJECT = "object"


@immutable(frozen=True, slots=True)
class Host(Value):
    """A Python object, not known which, that is neither an array nor a container of arrays ("static").

    `shows_tracer` is set for a text that certainly has the representation of a tracer in it, as `f"{x}"` has.
    """

    kind: HostKind = HostKind.OBJECT
    shows_tracer: bool = False

    def __repr__(self) -> str:
        return f"Host({self.kind.value})" if not self.shows_tracer else f"Host({self.kind.value} of a tracer)"


NO_ARRAY = frozenset({Const, Host, Unknown})
"""The kinds of values of which none is known to be an array, or to hold one."""

HOST = Host()
HOST_BOOL = Host(HostKind.BOOL)
HOST_INT = Host(HostKind.INT)
HOST_FLOAT = Host(HostKind.FLOAT)
HOST_STR = Host(HostKind.STR)
TRACER_TEXT = Host(HostKind.STR, shows_tracer=True)
HOST_DTYPE = Host(HostKind.DTYPE)

_KIND_OF_TYPE: dict[type, HostKind] = {
    bool: HostKind.BOOL,
    int: HostKind.INT,
    float: HostKind.FLOAT,
    complex: HostKind.COMPLEX,
    str: HostKind.STR,
    bytes: HostKind.BYTES,
}


def kind_of_const(const: Const) -> HostKind:
    """The kind of Python object that a constant is."""
    return _KIND_OF_TYPE.get(type(const.value), HostKind.OBJECT)


def widened(const: Const) -> Value:
    """The value that forgets which constant it was: None stays None, the rest keeps its kind only."""
    return const if const.value is None else Host(kind_of_const(const))
