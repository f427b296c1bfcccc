"""What the abstract tracer observes: the closed set of events that rules listen to.

Each says what happened to which abstract values at which node. A rule that needs a new kind of knowledge adds an
observation here; it does not reach into the tracer. An observation made in code that cannot be reached does not occur.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from jaxlint.values import Value
from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.model.schema import ArrayAttribute, Callee, Loop, Operation, Wrapper
    from jaxlint.trace.binding import Arguments
    from jaxlint.trace.frame import Frame
    from jaxlint.values import Array, Location, NumPyArray, Transformed


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
class Observation:
    """Something seen at a node, while walking a frame."""

    node: nodes.NodeNG
    frame: Frame


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
class Discarded(Observation):
    """The value of an expression statement is dropped. `node` is the expression.

    For a call, `callee` is what was called, and with what: `x.at[0].set(1)` drops the update of an array, `f(x)` what a
    function of the user's returned.
    """

    value: Value
    callee: Value | None = None
    arguments: Arguments | None = None


class Target(Enum):
    """Where a value goes that outlives the call of the traced function."""

    GLOBAL = "global"
    NONLOCAL = "nonlocal"
    ATTRIBUTE = "attribute"  # of an object made outside of the trace
    CLASS = "class attribute"
    CONTAINER = "container"  # a list, dict, set made outside of the trace
    ARGUMENT = "argument"  # a container or object that JAX rebuilt: the change is lost
    MODULE = "module attribute"
    CACHE = "cache"  # what a function under `functools.cache` returns


@immutable(frozen=True, slots=True)
class Escape(Observation):
    """Code under a trace writes `value` into something that outlives the trace.

    Attributes:
        name: how the code calls it.
        owner: the object that is changed; Unknown for a name that is bound.
        made: how many traces were open where it was made.
        place: the expression that holds it, None for a name that is bound.
    """

    target: Target
    name: str
    value: Value
    owner: Value
    made: int
    place: nodes.NodeNG | None = None


@immutable(frozen=True, slots=True)
class StaleRead(Observation):
    """Code whose trace is kept reads `name`, which has been bound anew at `rebound` since that trace."""

    name: str
    rebound: Location


@immutable(frozen=True, slots=True)
class IteratorAdvance(Observation):
    """`next(it)`, or a loop over an iterator that was made outside of the trace."""

    value: Value
    made: int


@immutable(frozen=True, slots=True)
class ExceptionGuard(Observation):
    """An `except` clause waits for errors of these classes (their dotted names) from the body of `statement`.

    `body` is what was computed with arrays and tracers in the body itself, not in the functions that it calls.
    """

    names: tuple[str, ...]
    statement: nodes.Try | nodes.TryStar
    body: tuple[Observation, ...]


@immutable(frozen=True, slots=True)
class PatternMatch(Observation):
    """A `case` pattern looks at a value in a way that a tracer never matches."""

    value: Value
    pattern: str


@immutable(frozen=True, slots=True)
class TransformApplied(Observation):
    """A wrapper is put on a function: `jit(f)`. Nothing is called yet."""

    wrapper: Wrapper
    transformed: Transformed
    arguments: Arguments


@immutable(frozen=True, slots=True)
class TransformedCall(Observation):
    """A function with a wrapper on it is called. `traced` are the arguments that the wrapper traces."""

    transformed: Transformed
    arguments: Arguments
    result: Value
    traced: tuple[Value, ...] = ()


@immutable(frozen=True, slots=True)
class DonatingCall(Observation):
    """A call gives the buffers of `arrays` away.

    `others` are its further arguments, `unusable` the arrays that surely fit no output.
    """

    arrays: tuple[Array, ...]
    others: tuple[Value, ...]
    unusable: tuple[Array, ...]


@immutable(frozen=True, slots=True)
class LoopCall(Observation):
    """A loop or branch primitive is called: scan, cond, while_loop, …; `results` are what its functions returned."""

    loop: Loop
    arguments: Arguments
    functions: tuple[tuple[Callee, Value], ...]
    results: tuple[Value, ...]
    result: Value


@immutable(frozen=True, slots=True)
class CachedCall(Observation):
    """A function under `functools.cache`, `lru_cache` or `cached_property` is called."""

    function: Value
    arguments: Arguments


@immutable(frozen=True, slots=True)
class BufferWrite(Observation):
    """Code writes into a NumPy array that was handed to JAX at `handed`.

    `shares` when a JAX array uses its memory; else a computation was started that may not have read it yet.
    """

    target: NumPyArray
    handed: nodes.NodeNG
    shares: bool


class KeyTrouble(Enum):
    """What is wrong with the use of a key."""

    REUSED = "reused"  # consumed a second time
    REPEATED = "repeated"  # captured by a body that runs more than once
    BROADCAST = "broadcast"  # the same key in every lane of a map
    MIXED = "mixed"  # split and folded in
    CONSTANT = "constant"  # made from a constant seed by code that runs once for many; `node` made it


@immutable(frozen=True, slots=True)
class KeyMisuse(Observation):
    """A key is consumed that was consumed before. `first` is the place of the earlier consumption."""

    trouble: KeyTrouble
    key: Array
    first: nodes.NodeNG | None


@immutable(frozen=True, slots=True)
class FunctionReturn(Observation):
    """A traced function returns."""

    function: Value
    value: Value
