"""Arithmetic: operators on arrays, pytrees, containers, comparisons included."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace import dtypes, leafwise, shapes
from jaxlint.trace.dependence import of_operation, with_infinite
from jaxlint.trace.host_arithmetic import COMPARISONS, NUMBERS, fold, host_operation, is_text
from jaxlint.trace.iteration import element_of
from jaxlint.trace.observations import BinaryOperation
from jaxlint.trace.own_operators import binary_method
from jaxlint.trace.truth import has_no_truth
from jaxlint.values import (
    HOST_BOOL,
    HOST_INT,
    NEVER,
    NONE,
    UNKNOWN,
    Array,
    Class,
    Const,
    Dict,
    External,
    Function,
    Host,
    HostKind,
    Instance,
    List,
    Module,
    NumPyArray,
    Ref,
    Tracing,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Unknown,
    Value,
    alternatives,
    join,
    join_all,
)
from jaxlint.values.base import NO_ARRAY
from jaxlint.values.join import list_element
from jaxlint.values.pytree import reason, tracing_of

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer
    from jaxlint.values import Shape


def binary(
    t: Tracer, frame: Frame, node: nodes.NodeNG, left: Value, operator: str, right: Value, augmented: bool = False
) -> Value:
    """`left operator right`, comparisons included."""
    if left is NEVER or right is NEVER:
        return NEVER
    if operator == "%" and is_text(left):
        from jaxlint.trace.text import percent

        return percent(t, frame, node, left, right)
    own = binary_method(t, frame, node, left, operator, right, augmented)
    if own is not None:
        return own
    result = with_infinite(node, combined(frame, left, operator, right), right)
    if type(left) not in NO_ARRAY or type(right) not in NO_ARRAY:
        t.observe(BinaryOperation(node, frame, left, operator, right, result, augmented))
    return result


def combined(frame: Frame, left: Value, operator: str, right: Value) -> Value:
    """What an operator makes of two values; nothing is observed."""
    if isinstance(left, Const) and isinstance(right, Const):
        return fold(left.value, operator, right.value)
    if isinstance(left, Union) or isinstance(right, Union):
        return join_all(
            combined(frame, a, operator, b)
            for a in alternatives(left)
            for b in alternatives(right)
            if a != NONE and b != NONE
        )
    if type(left) in _OBJECTS or type(right) in _OBJECTS:
        leaf_by_leaf = leafwise.operation(frame, left, operator, right, combined)
        if leaf_by_leaf is not None:
            return leaf_by_leaf
    if isinstance(left, Array) or isinstance(right, Array):
        return array_operation(frame, left, operator, right)
    if isinstance(left, Tree) or isinstance(right, Tree):
        return _tree_operation(frame, left, operator, right)
    if isinstance(left, NumPyArray) or isinstance(right, NumPyArray):
        if isinstance(left, Unknown | Instance) or isinstance(right, Unknown | Instance):
            return UNKNOWN
        shape = shapes.broadcast(shapes.shape_of(left), shapes.shape_of(right))
        return NumPyArray(shape, "bool" if operator in COMPARISONS else None)
    return _python_operation(frame, left, operator, right)


_OBJECTS = frozenset({Instance, External})


def array_operation(frame: Frame, left: Value, operator: str, right: Value) -> Value:
    """An operator with an array on either side."""
    other = right if isinstance(left, Array) else left
    if isinstance(other, Const | Host) and operator in ("==", "!=") and is_text(other):
        return HOST_BOOL  # array == "a" is False
    if isinstance(other, Instance | Function | Class | External | Module):
        return UNKNOWN
    tracing = frame.context.result_of(tracing_of(left).with_operand(tracing_of(right)))
    why = reason(left) or reason(right) or frame.context.maker
    shape = _shape_of_operation(operator, shapes.shape_of(left), shapes.shape_of(right))
    plural = shape is None and operator != "@" and _is_plural(left, operator, right)
    of = of_operation(left, operator, right)
    if operator in COMPARISONS:
        return Array(tracing, shape, "bool", why=why, plural=plural, of=of)
    dtype, weak = dtypes.promoted((left, right))
    if operator == "/":
        dtype, weak = dtypes.inexact((dtype, weak))
    elif operator in _NOT_OF_BOOL:
        dtype, weak = dtypes.numeric((dtype, weak))
    if operator == "**" and isinstance(right, NumPyArray):
        dtype, weak = None, None  # an integer scalar is a static exponent, and takes no part in promotion
    return Array(tracing, shape, dtype, weak, why=why, plural=plural, of=of)


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
        return Tree(frame.context.result_of(tracing_of(left).with_operand(tracing_of(right))), reason(left) or reason(right))
    operands = tracing_of(left).with_operand(tracing_of(right))
    if operands is Tracing.UNKNOWN:
        return UNKNOWN  # a number and a number, or a list and a number
    tracing = frame.context.result_of(operands)
    why = reason(left) or reason(right) or frame.context.maker
    of = of_operation(left, operator, right)
    return Array(tracing, None, "bool" if operator in COMPARISONS else None, why=why, of=of)


def _python_operation(frame: Frame, left: Value, operator: str, right: Value) -> Value:
    match left, operator, right:
        case Tuple(a), "+", Tuple(b):
            return Tuple(a + b)
        case ((Tuple() | TupleOf()), "+", (Tuple() | TupleOf())):
            return TupleOf(join(element_of(left), element_of(right)))
        case List(), "+", List():
            if left.items is not None and right.items is not None:
                return List(left.items + right.items, UNKNOWN, frame.context.depth)
            return List(None, join(list_element(left), list_element(right)), frame.context.depth)
        case ((Tuple(items) | List(items=tuple(items))), "*", Const(int() as times)) if 0 <= times * len(items) <= 64:
            return Tuple(items * times) if isinstance(left, Tuple) else List(items * times, UNKNOWN, frame.context.depth)
        case Tuple() | TupleOf(), "*", _:
            return TupleOf(element_of(left))
        case List(), "*", _:
            return List(None, list_element(left), frame.context.depth)
        case Dict(), "|", Dict():
            return replace(merge_dicts(left, right), made=frame.context.depth, rebuilt=False)
        case ((Const() | Host()), _, (Const() | Host())):
            return host_operation(left, operator, right)
    if operator in COMPARISONS and not isinstance(left, Unknown | Instance) and not isinstance(right, Unknown | Instance):
        return HOST_BOOL
    return UNKNOWN


def merge_dicts(left: Dict, right: Dict) -> Dict:
    """`{**left, **right}`."""
    merged = replace(left, partial=left.partial or right.partial)
    for key, value in right.items:
        merged = merged.with_item(key, value)
    if right.rest is not None:
        rest = right.rest if merged.rest is None else join(merged.rest, right.rest)
        items = tuple((key, join(value, right.rest)) for key, value in merged.items if right.get(key) is None)
        items += right.items
        merged = replace(merged, items=items, rest=rest, others=UNKNOWN)
    return merged


def unary(frame: Frame, operator: str, value: Value) -> Value:
    """`-x`, `+x`, `~x`; `not x` is a question of truth."""
    match value:
        case Const(constant) if isinstance(constant, NUMBERS):
            try:
                return Const({"-": lambda n: -n, "+": lambda n: +n, "~": lambda n: ~n}[operator](constant))
            except TypeError:
                return UNKNOWN
        case Array(tracing, shape, dtype, weak):
            why = value.why or frame.context.maker
            return Array(frame.context.result_of(tracing), shape, dtype, weak, why=why, of=value.of)
        case Tree(tracing):
            return Array(frame.context.result_of(tracing), why=value.why or frame.context.maker, of=value.of)
        case NumPyArray() | Host(HostKind.INT | HostKind.FLOAT | HostKind.COMPLEX):
            return value
        case Union():
            return join_all(unary(frame, operator, option) for option in alternatives(value) if option != NONE)
        case Host(HostKind.BOOL):
            return HOST_INT
        case Instance(cls) if (tree := leafwise.wrapped(value)) is not None:
            changed = leafwise.mapped(frame, tree, lambda leaf: unary(frame, operator, leaf))
            return leafwise.wrap(cls, changed, frame.context.depth)
    return UNKNOWN


def as_operand(value: Value) -> Value:
    """The array that a mutable reference of a framework stands for in arithmetic; those of JAX stand for none."""
    return value.content if type(value) is Ref and not value.bare else value
