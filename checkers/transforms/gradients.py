"""Gradients: `grad` wants one real number out of the function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import Returns, Wrapper
from jaxlint.rules import Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace import dtypes
from jaxlint.trace.observations import TransformedCall
from jaxlint.trace.structure import described_leaf, described_node, is_leaf, shape_of
from jaxlint.values import Const, List, Tuple, Value
from jaxlint.values.join import alternatives

GRAD_OUTPUT = Rule(
    6701,
    "jax-grad-output",
    Severity.ERROR,
    "`{code}` differentiates a function that {trouble}",
    explanation="""`grad` is put on a function that does not return one real number.

What it does
Reports a call of `grad(f)` or `value_and_grad(f)` where `f` surely returns a tuple, a list, a dict, None, an array that is
no scalar, an integer or a boolean; and, with `has_aux=True`, no pair.

Why
A gradient is that of a number: TypeError. More outputs have a Jacobian, or are auxiliary.

    def loss(weights):
        error = inputs @ weights - targets
        return error ** 2                              # one for each target
    jax.grad(loss)(weights)

Write instead
    return jnp.mean(error ** 2)
    return jnp.mean(error ** 2), error                 # with jax.grad(loss, has_aux=True)
    jax.jacrev(loss)(weights)

When it stays silent
Where the shape or the structure of what is returned are not known.

References
https://docs.jax.dev/en/latest/_autosummary/jax.grad.html
""",
)

_GRADIENTS = (Returns.GRADIENT, Returns.VALUE_AND_GRADIENT)


class GradientListeners:
    """The rule about what is differentiated."""

    rules: ClassVar[tuple[Rule, ...]] = (GRAD_OUTPUT,)

    @listens_to(TransformedCall)
    def output(self, call: TransformedCall) -> Iterator[Finding]:
        """A gradient is asked for."""
        wrapper = call.transformed.transformation
        if not isinstance(wrapper, Wrapper) or wrapper.returns not in _GRADIENTS:
            return
        option = call.transformed.option("has_aux")
        if option is not None and not isinstance(option, Const):
            return
        check = _no_pair if option is not None and option.value else _no_number
        troubles = [check(value) for value in alternatives(call.returned)]
        if all(troubles):
            fills = {"code": source_of(call.node), "trouble": troubles[0]}
            yield Finding(GRAD_OUTPUT, call.node, fills, because(call, call.result))


def _no_number(value: Value) -> str:
    """Why a value surely is no real scalar; empty if it may be one."""
    if not is_leaf(value):
        words = described_node(value)
        return f"returns {words}" if words else ""
    shape, dtype = shape_of(value), dtypes.dtype_of(value)[0]
    if shape or (dtype is not None and not dtypes.is_inexact(dtype)):
        return f"returns {described_leaf(value)}, not a real number"
    return ""


def _no_pair(value: Value) -> str:
    """Why a value surely is no pair of a number and something else."""
    match value:
        case Tuple(items) | List(items=tuple(items)):
            if len(items) != 2:
                return f"returns {described_node(value)}, and has_aux=True asks for a pair"
            inner = [_no_number(first) for first in alternatives(items[0])]
            return f"{inner[0]} as the first of the pair" if all(inner) else ""
    if is_leaf(value) or described_node(value) == "None":
        return f"returns {described_node(value)}, and has_aux=True asks for a pair"
    return ""
