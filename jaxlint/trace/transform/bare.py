"""Functions with derivative rules of their own: what they receive, and what the code around sees of their results.

`jax.custom_jvp` and `jax.custom_vjp` call the function where no derivative is taken, and then trace it once more where
all is staged out, or the rules in its place; so it never meets the tracer of a derivative.
https://docs.jax.dev/en/latest/notebooks/Custom_derivative_rules_for_Python_code.html
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.trace import dtypes
from jaxlint.values import Answer, Array, Const, Host, HostKind, NumPyArray, Tracing, Tree, Value
from jaxlint.values.dependence import lanes
from jaxlint.values.provenance import entries
from jaxlint.values.pytree import map_leaves

if TYPE_CHECKING:
    from jaxlint.trace.context import Context

_NUMERIC = (HostKind.BOOL, HostKind.INT, HostKind.FLOAT, HostKind.COMPLEX)


def bare(context: Context) -> Callable[[Value], Value]:
    """What becomes of each leaf of the arguments."""
    return _staged(context) if _is_staged(context) else _primal


def _primal(child: Value) -> Value:
    """The primal, where the code around differentiates and does not hide it."""
    if isinstance(child, Array | Tree):
        child = replace(child, of=lanes(child.of)) if child.of else child
        match child.tracing:
            case Tracing.PRIMAL:
                return replace(child, tracing=Tracing.CONCRETE)
            case Tracing.TRACER:
                return replace(child, tracing=Tracing.UNKNOWN)
    return child


def _is_staged(context: Context) -> bool:
    """Whether what is innermost around code builds a jaxpr, and takes no derivative."""
    if context.staging is not Answer.YES:
        return False
    for entry in entries(context.entry):
        if entry.stages or not entry.hides:
            return entry.stages
    return False


def _staged(context: Context) -> Callable[[Value], Value]:
    """A function with derivative rules of its own is traced once more into a jaxpr, numbers and all."""

    def leaf(child: Value) -> Value:
        match child:
            case Const(bool() | int() | float() | complex()):
                dtype, weak = dtypes.dtype_of(child)
                return Array(Tracing.HIDDEN, (), dtype, weak, why=context.entry)
            case Host(kind) if kind in _NUMERIC:
                return Array(Tracing.HIDDEN, (), why=context.entry)
            case NumPyArray(shape, dtype):
                return Array(Tracing.HIDDEN, shape, dtype, why=context.entry)
            case Array(tracing=Tracing.CONCRETE):
                return replace(child, tracing=Tracing.HIDDEN, why=context.entry)
        return _primal(child)

    return leaf


def differentiated(value: Value, operands: Tracing) -> Value:
    """What the code around sees of the result of a function that got bare primals."""

    def leaf(child: Value) -> Value:
        if isinstance(child, Array | Tree):
            return replace(child, tracing=child.tracing.with_operand(operands))
        return child

    return value if operands is Tracing.CONCRETE else map_leaves(value, leaf)
