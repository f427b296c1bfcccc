"""Arithmetic on Python's own numbers and texts: folded where both are known, a kind where they are not."""

from __future__ import annotations

from jaxlint.values import HOST_BOOL, HOST_FLOAT, HOST_INT, HOST_STR, TRACER_TEXT, UNKNOWN, Const, Host, HostKind, Value
from jaxlint.values.base import kind_of_const

COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
NUMBERS = (bool, int, float, complex)


def host_operation(left: Const | Host, operator: str, right: Const | Host) -> Value:
    """An operator on two Python objects, not both known."""
    if operator in COMPARISONS:
        return HOST_BOOL
    if is_text(left):
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


def is_text(value: Value) -> bool:
    """Whether a value certainly is a text, or bytes."""
    return isinstance(value, Const | Host) and _kind(value) in (HostKind.STR, HostKind.BYTES)


def fold(left: object, operator: str, right: object) -> Value:
    """Arithmetic on two constants, as Python does it; a kind only where the result would be large or an error."""
    if isinstance(left, NUMBERS) and isinstance(right, NUMBERS):
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
