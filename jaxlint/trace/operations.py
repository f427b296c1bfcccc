"""Python's implicit operations, one place each: truth, index, iterate, convert, contains, compare, and arithmetic.

JAX fails at exactly these points: `jax._src.core.Tracer` and `ShapedArray` define `__bool__`, `__index__`, `__iter__`,
`__float__`, `__array__`, `__hash__`, … and raise there. Reading and writing items and attributes is in `items` and
`attributes`, calling in `calls`. Each function says what it observes and returns the abstract result.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace import dtypes, shapes
from jaxlint.trace.events import await_all
from jaxlint.trace.observations import (
    BinaryOperation,
    Conversion,
    ConversionKind,
    Display,
    Iteration,
    IteratorAdvance,
    PythonIndex,
    RangeBound,
    Site,
    TruthTest,
)
from jaxlint.values import (
    HOST,
    HOST_BOOL,
    HOST_FLOAT,
    HOST_INT,
    HOST_STR,
    NEVER,
    NONE,
    TRACER_TEXT,
    UNKNOWN,
    Answer,
    Array,
    Bound,
    Class,
    Const,
    Dict,
    External,
    Function,
    Host,
    HostKind,
    Instance,
    Iterator,
    KeyKind,
    List,
    Method,
    Module,
    Never,
    NumPyArray,
    Partial,
    Ref,
    Set,
    Tracing,
    Transformed,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Unknown,
    Value,
    View,
    alternatives,
    join,
    join_all,
)
from jaxlint.values.base import kind_of_const
from jaxlint.values.join import dict_value, list_element
from jaxlint.values.objects import tuple_fields
from jaxlint.values.pytree import tracing_of

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer
    from jaxlint.values import Shape, TraceEntry

COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_NUMBERS = (bool, int, float, complex)


# ------------------------------------------------------------------------------------------------ truth


def truth(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value, site: Site, builtin: str = "") -> Answer:
    """Python asks `bool(value)`, at this kind of place; the answer where it is known."""
    if isinstance(value, Array):
        await_all(frame, node)
    if not isinstance(value, Const | Host | Unknown):
        t.observe(TruthTest(node, frame, value, site, builtin))
    return known_truth(value)


def has_no_truth(value: Value) -> bool:
    """Whether a value certainly is an array that has no truth, traced or not: of another size than one, or a key."""
    if not isinstance(value, Array):
        return False
    if value.key is not None:
        return True
    # Whatever the sizes that are not known, the product is not one.
    return value.plural or (value.shape is not None and any(size is not None and size != 1 for size in value.shape))


def refuses_truth(value: Value) -> bool:
    """Whether `bool(value)` certainly raises, so that nothing after it is reached."""
    options = alternatives(value)
    return bool(options) and all(
        isinstance(option, Array) and (option.tracing.hides is Answer.YES or has_no_truth(option)) for option in options
    )


def known_truth(value: Value) -> Answer:
    """The truth of a value, where every object that it stands for has the same."""
    match value:
        case Const(constant):
            return Answer.of(bool(constant))
        case Tuple(items) | List(items=tuple(items)) | View(items=tuple(items)):
            return Answer.of(bool(items))
        case Dict(items, rest):
            return Answer.YES if items else (Answer.NO if rest is None else Answer.UNKNOWN)
        case Function() | Class() | Module() | Bound() | Partial() | Transformed():
            return Answer.YES
        case Union():
            answers = [known_truth(option) for option in alternatives(value)]
            return answers[0] if len(set(answers)) == 1 else Answer.UNKNOWN
    return Answer.UNKNOWN


# ------------------------------------------------------------------------------------------------ iterate


def iterate(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value) -> Value:
    """Python iterates over `value`; what one item is."""
    if isinstance(value, Array | Tree):
        t.observe(Iteration(node, frame, value))
    if isinstance(value, Iterator):
        t.observe(IteratorAdvance(node, frame, value, value.made))
    return join_all(_element(option) for option in alternatives(value))


def _element(value: Value) -> Value:
    match value:
        case Array(tracing, shape, dtype, weak, key, key_id, why):
            del key_id
            return Array(tracing, shape[1:] if shape else None, dtype, weak, key, None, why)
        case Tuple(items) | List(items=tuple(items)) | Iterator(items=tuple(items)):
            return join_all(items)
        case TupleOf(element) | Set(element) | Iterator(element) | View(element):
            return element
        case List():
            return list_element(value)
        case Dict(items, rest):
            keys = [Const(key) for key, _ in items]
            return join_all([*keys, *([HOST] if rest is not None else [])])
        case NumPyArray(shape, dtype):
            return NumPyArray(shape[1:] if shape else None, dtype)
        case Const(str()) | Host(HostKind.STR):
            return HOST_STR
        case Instance() if tuple_fields(value) is not None:
            return join_all(items_of(value) or ())
    return UNKNOWN


def items_of(value: Value) -> tuple[Value, ...] | None:
    """The items one by one, of a sequence whose length is known."""
    match value:
        case Tuple(items) | List(items=tuple(items)) | Iterator(items=tuple(items)) | View(items=tuple(items)):
            return items
        case Dict(items, rest=None):
            return tuple(Const(key) for key, _ in items)
        case Instance() if (names := tuple_fields(value)) is not None:
            of_library = isinstance(value.cls, External)
            return tuple(value.fields.get(name) or (Method(value, name) if of_library else UNKNOWN) for name in names)
        case Union(options):
            columns = [items_of(option) for option in options]
            known = [column for column in columns if column is not None]
            if len(known) == len(columns) and len(set(map(len, known))) == 1:
                return tuple(map(join_all, zip(*known, strict=True)))
        case Array(key=KeyKind(), key_id=identity, shape=shape) if identity is not None and shape and shape[0]:
            return tuple(
                Array(value.tracing, shape[1:], value.dtype, value.weak, value.key, identity[i], value.why)
                for i in range(min(shape[0], 32))
            )
    return None


def unpack(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value, count: int) -> tuple[Value, ...]:
    """Unpacking into `count` targets without a starred one."""
    items = items_of(value)
    if items is not None and len(items) == count:
        return items
    if isinstance(value, Union):
        columns = [unpack(t, frame, node, option, count) for option in alternatives(value) if option != NONE]
        if columns:
            return tuple(join_all(column) for column in zip(*columns, strict=True))
    if isinstance(value, Array) and value.key is not None and value.key_id is not None:
        element = _element(value)
        if isinstance(element, Array):
            shape = element.shape if value.shape else ()
            return tuple(
                Array(element.tracing, shape, element.dtype, element.weak, value.key, value.key_id[i], value.why)
                for i in range(count)
            )
    return (iterate(t, frame, node, value),) * count


# ------------------------------------------------------------------------------------------------ convert and index


def convert(
    t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value, kind: ConversionKind, name: str
) -> None:
    """Python converts a value to one of its own types."""
    if isinstance(value, Array):
        await_all(frame, node)
    if not isinstance(value, Const | Host | Unknown):
        t.observe(Conversion(node, frame, value, kind, name))


def range_bound(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value) -> None:
    """A value is used as a bound of `range`."""
    if not isinstance(value, Const | Host | Unknown):
        t.observe(RangeBound(node, frame, value))


def python_index(
    t: Tracer, frame: Frame, node: nodes.NodeNG, container: Display, index: Value, slicing: bool = False
) -> None:
    """A value selects from a Python container, or is hashed by one."""
    if not isinstance(index, Const | Host | Unknown):
        t.observe(PythonIndex(node, frame, container, index, slicing))


# ------------------------------------------------------------------------------------------------ arithmetic


def is_array_like(value: Value) -> bool:
    """Whether a value certainly is an array or tracer (a pytree of unknown structure is not certain)."""
    return isinstance(value, Array)


def binary(
    t: Tracer, frame: Frame, node: nodes.NodeNG, left: Value, operator: str, right: Value, augmented: bool = False
) -> Value:
    """`left operator right`, comparisons included."""
    if isinstance(left, Never) or isinstance(right, Never):
        return NEVER
    if operator == "%" and _is_text(left):
        from jaxlint.trace.text import percent

        return percent(t, frame, node, left, right)
    result = _binary(frame, left, operator, right)
    if not (isinstance(left, Const | Host | Unknown) and isinstance(right, Const | Host | Unknown)):
        t.observe(BinaryOperation(node, frame, left, operator, right, result, augmented))
    return result


def _binary(frame: Frame, left: Value, operator: str, right: Value) -> Value:
    if isinstance(left, Const) and isinstance(right, Const):
        return _fold(left.value, operator, right.value)
    if isinstance(left, Union) or isinstance(right, Union):
        return join_all(
            _binary(frame, a, operator, b)
            for a in alternatives(left)
            for b in alternatives(right)
            if a != NONE and b != NONE
        )
    if isinstance(left, Array) or isinstance(right, Array):
        return _array_operation(frame, left, operator, right)
    if isinstance(left, Tree) or isinstance(right, Tree):
        return _tree_operation(frame, left, operator, right)
    if isinstance(left, NumPyArray) or isinstance(right, NumPyArray):
        if isinstance(left, Unknown | Instance) or isinstance(right, Unknown | Instance):
            return UNKNOWN
        shape = shapes.broadcast(shapes.shape_of(left), shapes.shape_of(right))
        return NumPyArray(shape, "bool" if operator in COMPARISONS else None)
    return _python_operation(frame, left, operator, right)


def _array_operation(frame: Frame, left: Value, operator: str, right: Value) -> Value:
    other = right if isinstance(left, Array) else left
    if isinstance(other, Const | Host) and operator in ("==", "!=") and _is_text(other):
        return HOST_BOOL  # array == "a" is False
    if isinstance(other, Instance | Function | Class | External | Module):
        return UNKNOWN
    tracing = frame.context.result_of(tracing_of(left).with_operand(tracing_of(right)))
    why = _why(left) or _why(right) or frame.context.entry
    shape = _shape_of_operation(operator, shapes.shape_of(left), shapes.shape_of(right))
    plural = shape is None and operator != "@" and _is_plural(left, operator, right)
    if operator in COMPARISONS:
        return Array(tracing, shape, "bool", why=why, plural=plural)
    dtype, weak = dtypes.promoted((left, right))
    if operator == "/":
        dtype, weak = dtypes.inexact((dtype, weak))
    elif operator in _NOT_OF_BOOL:
        dtype, weak = dtypes.numeric((dtype, weak))
    return Array(tracing, shape, dtype, weak, why=why, plural=plural)


_NOT_OF_BOOL = frozenset({"//", "%", "**", "<<", ">>"})
"""Arithmetic that takes bool for the default integer."""


def _shape_of_operation(operator: str, left: Shape | None, right: Shape | None) -> Shape | None:
    if left is None or right is None:
        return None
    return shapes.matmul(left, right) if operator == "@" else shapes.broadcast(left, right)


def _is_plural(left: Value, operator: str, right: Value) -> bool:
    """Whether broadcasting to one of the operands makes the result have another size than one."""
    if operator in ("==", "!=") and not all(isinstance(side, Array | NumPyArray) for side in (left, right)):
        return False  # None and text compare to a Python bool
    return any(isinstance(side, Array) and side.key is None and has_no_truth(side) for side in (left, right))


def _tree_operation(frame: Frame, left: Value, operator: str, right: Value) -> Value:
    """An operand whose structure is not known: it is an array, or the operation is one of Python's containers."""
    if isinstance(left, Instance | Function) or isinstance(right, Instance | Function):
        return UNKNOWN
    if operator in ("==", "!="):
        return UNKNOWN  # two dicts, or None, compare to a Python bool
    if operator == "+" and not isinstance(left, Array | Const | Host) and not isinstance(right, Array | Const | Host):
        # Both may be tuples or lists.
        return Tree(frame.context.result_of(tracing_of(left).with_operand(tracing_of(right))), _why(left) or _why(right))
    if operator in ("*", "|", "%"):
        other = right if isinstance(left, Tree) else left
        if isinstance(other, Const | Host) and not isinstance(other, Const | Host):
            return UNKNOWN
    tracing = frame.context.result_of(tracing_of(left).with_operand(tracing_of(right)))
    why = _why(left) or _why(right) or frame.context.entry
    return Array(tracing, None, "bool" if operator in COMPARISONS else None, why=why)


def _python_operation(frame: Frame, left: Value, operator: str, right: Value) -> Value:
    match left, operator, right:
        case Tuple(a), "+", Tuple(b):
            return Tuple(a + b)
        case (Tuple() | TupleOf()), "+", (Tuple() | TupleOf()):
            return TupleOf(join(_element(left), _element(right)))
        case List(), "+", List():
            if left.items is not None and right.items is not None:
                return List(left.items + right.items, UNKNOWN, frame.context.depth)
            return List(None, join(list_element(left), list_element(right)), frame.context.depth)
        case (Tuple(items) | List(items=tuple(items))), "*", Const(int() as times) if 0 <= times * len(items) <= 64:
            return Tuple(items * times) if isinstance(left, Tuple) else List(items * times, UNKNOWN, frame.context.depth)
        case Tuple() | TupleOf(), "*", _:
            return TupleOf(_element(left))
        case List(), "*", _:
            return List(None, list_element(left), frame.context.depth)
        case Dict(), "|", Dict():
            return replace(merge_dicts(left, right), made=frame.context.depth, rebuilt=False)
        case (Const() | Host()), _, (Const() | Host()):
            return _host_operation(left, operator, right)
    if operator in COMPARISONS and not isinstance(left, Unknown | Instance) and not isinstance(right, Unknown | Instance):
        return HOST_BOOL
    return UNKNOWN


def _host_operation(left: Const | Host, operator: str, right: Const | Host) -> Value:
    if operator in COMPARISONS:
        return HOST_BOOL
    if _is_text(left):
        if operator == "+" and _shows_tracer(left, right):
            return TRACER_TEXT
        return HOST_STR if operator in ("+", "*") else UNKNOWN
    kinds = {_kind(left), _kind(right)}
    numeric = {HostKind.BOOL, HostKind.INT, HostKind.FLOAT, HostKind.COMPLEX}
    if not kinds <= numeric:
        return UNKNOWN
    if HostKind.COMPLEX in kinds:
        return Host(HostKind.COMPLEX)
    if HostKind.FLOAT in kinds or operator == "/":
        return HOST_FLOAT
    return HOST_INT


def _kind(value: Const | Host) -> HostKind:
    return value.kind if isinstance(value, Host) else kind_of_const(value)


def _shows_tracer(*values: Value) -> bool:
    return any(isinstance(value, Host) and value.shows_tracer for value in values)


def _is_text(value: Value) -> bool:
    return isinstance(value, Const | Host) and _kind(value) in (HostKind.STR, HostKind.BYTES)


def merge_dicts(left: Dict, right: Dict) -> Dict:
    """`{**left, **right}`."""
    merged = left
    for key, value in right.items:
        merged = merged.with_item(key, value)
    if right.rest is not None:
        rest = right.rest if merged.rest is None else join(merged.rest, right.rest)
        items = tuple((key, join(value, right.rest)) for key, value in merged.items if right.get(key) is None)
        items += right.items
        merged = Dict(items, rest, merged.made)
    return merged


def _fold(left: object, operator: str, right: object) -> Value:
    """Arithmetic on two constants, as Python does it; a kind only where the result would be large or an error."""
    if isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS):
        return _fold_numbers(left, operator, right)
    if operator in ("==", "!="):
        return Const((left == right) is (operator == "=="))
    if isinstance(left, str) and isinstance(right, str):
        if operator == "+" and len(left) + len(right) < 1000:
            return Const(left + right)
        if operator in COMPARISONS:
            return HOST_BOOL
    return HOST_STR if isinstance(left, str) and operator == "*" else UNKNOWN


def _fold_numbers(left: complex, operator: str, right: complex) -> Value:
    small = all(not isinstance(n, int) or abs(n) <= 2**64 for n in (left, right))
    if not small or (operator in ("**", "<<") and not (isinstance(right, int) and abs(right) <= 64)):
        return HOST_INT if isinstance(left, int) and isinstance(right, int) else HOST_FLOAT
    try:
        return Const(_PYTHON[operator](left, right))
    except (ArithmeticError, TypeError, ValueError, KeyError):
        return UNKNOWN


_PYTHON = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "**": lambda a, b: a**b,
    "<<": lambda a, b: a << b,
    ">>": lambda a, b: a >> b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def unary(frame: Frame, operator: str, value: Value) -> Value:
    """`-x`, `+x`, `~x`; `not x` is a question of truth."""
    match value:
        case Const(constant) if isinstance(constant, _NUMBERS):
            try:
                return Const({"-": lambda n: -n, "+": lambda n: +n, "~": lambda n: ~n}[operator](constant))
            except TypeError:
                return UNKNOWN
        case Array(tracing, shape, dtype, weak):
            return Array(frame.context.result_of(tracing), shape, dtype, weak, why=value.why or frame.context.entry)
        case Tree(tracing):
            return Array(frame.context.result_of(tracing), why=value.why or frame.context.entry)
        case NumPyArray() | Host(HostKind.INT | HostKind.FLOAT | HostKind.COMPLEX):
            return value
        case Union():
            return join_all(unary(frame, operator, option) for option in alternatives(value) if option != NONE)
        case Host(HostKind.BOOL):
            return HOST_INT
    return UNKNOWN


# ------------------------------------------------------------------------------------------------ contains, identity


def contains(t: Tracer, frame: Frame, node: nodes.NodeNG, item: Value, container: Value) -> Value:
    """`item in container`: compares one by one, or hashes, or searches an array."""
    match container:
        case Array() | Tree():
            if isinstance(container, Array):
                # `(container == item).any()`
                found = _array_operation(frame, container, "==", item)
                found = replace(found, shape=()) if isinstance(found, Array) else found
                truth(t, frame, node, found, Site.CONTAINS)
            return UNKNOWN
        case Dict() | Set():
            if isinstance(item, Array):
                python_index(t, frame, node, Display.DICT if isinstance(container, Dict) else Display.SET, item)
            if isinstance(container, Dict) and isinstance(item, Const):
                if container.get(item.value) is not None:
                    return Const(True) if container.rest is None else HOST_BOOL
                return Const(False) if container.rest is None else HOST_BOOL
            return HOST_BOOL
        case Tuple(items) | List(items=tuple(items)):
            for member in items:
                if member is not item and (isinstance(item, Array) or isinstance(member, Array)):
                    truth(t, frame, node, _binary(frame, item, "==", member), Site.CONTAINS)
            if isinstance(item, Const) and all(isinstance(member, Const) for member in items):
                return Const(item in items)
            return HOST_BOOL
        case List() | TupleOf():
            element = _element(container)
            if isinstance(item, Array) and not isinstance(element, Unknown | Never):
                truth(t, frame, node, _binary(frame, item, "==", element), Site.CONTAINS)
            return HOST_BOOL
        case Const(str() as text) if isinstance(item, Const) and isinstance(item.value, str):
            return Const(item.value in text)
    return HOST_BOOL


def identical(left: Value, right: Value) -> Value:
    """`left is right`: known for None and other constants, and for values that cannot be None."""
    if isinstance(left, Const) and isinstance(right, Const):
        same = left == right
        return Const(same) if not same or left.value is None or isinstance(left.value, bool) else HOST_BOOL
    other = right if left == NONE else left if right == NONE else None
    if other is not None and is_none(other) is Answer.NO:
        return Const(False)
    if isinstance(left, Class | Function) and isinstance(right, Class | Function):
        return Const(left is right) if left is right or type(left) is not type(right) else HOST_BOOL
    return HOST_BOOL


def is_none(value: Value) -> Answer:
    """Whether a value is None."""
    match value:
        case Const(constant):
            return Answer.of(constant is None)
        case Unknown() | Tree() | Never():
            return Answer.UNKNOWN
        case Host(HostKind.OBJECT):
            return Answer.UNKNOWN
        case Union(options):
            return Answer.UNKNOWN if NONE in options or any(map(_may_be_none, options)) else Answer.NO
        case External():
            return Answer.UNKNOWN
    return Answer.NO


def _may_be_none(value: Value) -> bool:
    return is_none(value) is not Answer.NO


# ------------------------------------------------------------------------------------------------ formatting


def format_value(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value, specified: bool) -> None:
    """`f"{value:spec}"`; without a specification anything can be formatted."""
    if specified:
        convert(t, frame, node, value, ConversionKind.FORMAT, "format")


def _why(value: Value) -> TraceEntry | None:
    return value.why if isinstance(value, Array | Tree) else None


def as_operand(value: Value) -> Value:
    """The array that a mutable reference or an update stands for in arithmetic."""
    return value.content if isinstance(value, Ref) else value


def concrete_array(frame: Frame) -> Array:
    """An array made here out of nothing traced."""
    tracing = frame.context.made_here
    return Array(tracing, why=frame.context.entry if tracing is Tracing.HIDDEN else None)


__all__ = [
    "COMPARISONS", "as_operand", "binary", "concrete_array", "contains", "convert", "dict_value", "format_value",
    "identical", "is_none", "items_of", "iterate", "known_truth", "merge_dicts", "python_index", "range_bound", "truth",
    "unary", "unpack",
]  # fmt: skip
