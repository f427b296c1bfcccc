"""Python's implicit operations, as the abstract tracer meets them: truth, conversion, index, item, attribute, iteration."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from jaxlint.trace.observations.base import Observation
from jaxlint.values import Value
from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.model.schema import ArrayAttribute
    from jaxlint.trace.binding import Arguments


class Site(Enum):
    """At which kind of place Python asks for the truth of a value."""

    IF = "if"
    ELIF = "elif"
    TERNARY = "conditional expression"
    WHILE = "while"
    ASSERT = "assert"
    COMPREHENSION = "comprehension condition"
    AND = "and"
    OR = "or"
    NOT = "not"
    CHAIN = "chained comparison"
    CONTAINS = "in"
    CASE = "case"
    GUARD = "case guard"
    BUILTIN = "builtin"  # any, all, min, max, sorted, filter
    CALL = "call"  # bool(x) is a Conversion; this is a library function asking


@immutable(frozen=True, slots=True)
class TruthTest(Observation):
    """Python asks for the truth of `value`. `builtin` names the function for Site.BUILTIN and Site.CALL."""

    value: Value
    site: Site
    builtin: str = ""


class ConversionKind(Enum):
    """How Python converts a value to one of its own."""

    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    COMPLEX = "complex"
    INDEX = "index"  # __index__: operator.index, list.pop(i), "a" * n
    FORMAT = "format"  # a format specification other than the empty one
    PERCENT = "percent"  # "%d" % x
    HASH = "hash"
    NUMPY = "numpy"  # __array__
    METHOD = "method"  # x.item(), x.tolist(): see `name`


@immutable(frozen=True, slots=True)
class Conversion(Observation):
    """`value` is converted to a Python or NumPy object by the function or method `name`."""

    value: Value
    kind: ConversionKind
    name: str


@immutable(frozen=True, slots=True)
class RangeBound(Observation):
    """`value` bounds a `range`."""

    value: Value


class Display(Enum):
    """Python containers as a tracer meets them: `[...]` with an index it cannot look at."""

    LIST = "list"
    TUPLE = "tuple"
    STRING = "string"
    DICT = "dict"
    SET = "set"
    RANGE = "range"
    NUMPY = "NumPy array"


@immutable(frozen=True, slots=True)
class PythonIndex(Observation):
    """`index` selects from a Python container, or is a dict key or set member."""

    container: Display
    index: Value
    slicing: bool = False


@immutable(frozen=True, slots=True)
class ItemRead(Observation):
    """`target[index]` is read."""

    target: Value
    index: Value


@immutable(frozen=True, slots=True)
class ItemWrite(Observation):
    """`target[index] = value`; `operator` for an augmented assignment ("+="), `deletes` for `del`."""

    target: Value
    index: Value
    value: Value
    operator: str = ""
    deletes: bool = False


@immutable(frozen=True, slots=True)
class AttributeWrite(Observation):
    """`target.name = value`, or `del target.name`."""

    target: Value
    name: str
    value: Value


@immutable(frozen=True, slots=True)
class AttributeRead(Observation):
    """`target.name` is read of an array, or of a NumPy array, list, tuple or dict (without a `meaning` then)."""

    target: Value
    name: str
    meaning: ArrayAttribute | None


@immutable(frozen=True, slots=True)
class BinaryOperation(Observation):
    """`left operator right`; comparisons, too."""

    left: Value
    operator: str
    right: Value
    result: Value
    augmented: bool = False


@immutable(frozen=True, slots=True)
class UnaryOperation(Observation):
    """`operator value`: "-", "+", "~"."""

    operator: str
    value: Value


@immutable(frozen=True, slots=True)
class Iteration(Observation):
    """Python iterates over `value`."""

    value: Value


@immutable(frozen=True, slots=True)
class LoopStatement(Observation):
    """A `for` statement goes through `value`, in so many steps (None when that is not known)."""

    value: Value
    steps: int | None


@immutable(frozen=True, slots=True)
class PatternMatch(Observation):
    """A `case` pattern looks at a value in a way that a tracer never matches."""

    value: Value
    pattern: str


@immutable(frozen=True, slots=True)
class Discarded(Observation):
    """The value of an expression statement is dropped. `node` is the expression.

    For a call, `callee` is what was called, and with what: `x.at[0].set(1)` drops the update of an array, `f(x)` what a
    function of the user's returned.
    """

    value: Value
    callee: Value | None = None
    arguments: Arguments | None = None


@immutable(frozen=True, slots=True)
class ExceptionGuard(Observation):
    """An `except` clause waits for errors of these classes (their dotted names) from the body of `statement`.

    `body` is what was computed with arrays and tracers in the body itself, not in the functions that it calls.
    """

    names: tuple[str, ...]
    statement: nodes.Try | nodes.TryStar
    body: tuple[Observation, ...]
