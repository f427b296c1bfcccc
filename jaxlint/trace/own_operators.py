"""Operators of classes of the project: `a + b` calls `type(a).__add__(a, b)`, or `type(b).__radd__(b, a)`.

https://docs.python.org/3/reference/datamodel.html#emulating-numeric-types
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.trace.binding import Arguments
from jaxlint.trace.instances import instance_attribute
from jaxlint.values import NEVER, UNKNOWN, Class, External, Instance, Union, Value, alternatives, join_all

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer

_NAMES = {
    "+": "add", "-": "sub", "*": "mul", "@": "matmul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow",
    "<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor",
}  # fmt: skip
_COMPARISONS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_MIRRORED = {"eq": "eq", "ne": "ne", "lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}
_REFUSAL = External("builtins.NotImplemented")


def binary_method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, left: Value, operator: str, right: Value, augmented: bool
) -> Value | None:
    """What the method of an operand makes of `left operator right`; None where neither has one for the operator."""
    if type(left) is not Instance and type(right) is not Instance:
        return None
    name = _NAMES.get(operator)
    if name is not None:
        mine = (f"__i{name}__", f"__{name}__") if augmented else (f"__{name}__",)
        other = f"__r{name}__"
    elif operator in _COMPARISONS:
        name = _COMPARISONS[operator]
        mine, other = (f"__{name}__",), f"__{_MIRRORED[name]}__"
    else:
        return None
    for method in mine:
        result = _called(t, frame, node, left, method, (right,))
        if result is not None:
            return result
    return _called(t, frame, node, right, other, (left,))


def unary_method(t: Tracer, frame: Frame, node: nodes.NodeNG, operator: str, value: Value) -> Value | None:
    """What the method of an object makes of `-value`; None where it has none for the operator."""
    return _called(t, frame, node, value, _UNARY[operator], ()) if operator in _UNARY else None


def iterator_of(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value) -> Value:
    """What is gone through for an object that has an `__iter__`; any other value is that itself."""
    made = _called(t, frame, node, value, "__iter__", ())
    return value if made is None else made


def length_of(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value) -> Value | None:
    """What `len(value)` is for an object that has a `__len__`; None for any other value."""
    return _called(t, frame, node, value, "__len__", ())


def _called(
    t: Tracer, frame: Frame, node: nodes.NodeNG, receiver: Value, method: str, arguments: tuple[Value, ...]
) -> Value | None:
    if not isinstance(receiver, Instance) or not isinstance(receiver.cls, Class) or receiver.cls.find(method) is None:
        return None
    result = t.call(frame, node, instance_attribute(t, frame, node, receiver, method), Arguments(arguments))
    if result == _REFUSAL:
        return None
    if isinstance(result, Union):
        return join_all(option for option in alternatives(result) if option != _REFUSAL)
    return UNKNOWN if result is NEVER else result
