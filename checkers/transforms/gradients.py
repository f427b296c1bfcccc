"""Gradients: of a scalar, by numbers that have one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import Leaves, Returns, Wrapper
from jaxlint.rules import CERTAIN, Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.dtypes import dtype_of, is_inexact
from jaxlint.trace.observations import TransformedCall
from jaxlint.trace.shapes import shape_of
from jaxlint.values import Array, Const, Dict, List, NumPyArray, Tuple, Value
from jaxlint.values.pytree import leaves

GRAD_OUTPUT = Rule(
    6701,
    "jax-grad-output",
    Severity.ERROR,
    "{transformation} needs a function that returns {wanted}, and `{name}` returns {returned}; {instead}",
    explanation="""The function that is differentiated returns no scalar.

What it does
Reports `grad` and `value_and_grad` of a function that returns an array with axes, a tuple, a dict or None, an integer,
and with `has_aux=True` no pair of a scalar and something else.

Why
A gradient is that of one number: TypeError.

    def loss(w):
        return (w ** 2).sum(), {"norm": w}
    jax.grad(loss)(w)

Write instead
    jax.grad(loss, has_aux=True)(w)
    jax.grad(lambda w: f(w).sum())(w)
    jax.jacrev(f)(w)                                  # of every element

When it stays silent
Where it is not known what the function returns.

References
https://docs.jax.dev/en/latest/_autosummary/jax.grad.html
https://docs.jax.dev/en/latest/_autosummary/jax.jacrev.html
""",
)

GRAD_INTEGER = Rule(
    6702,
    "jax-grad-integer",
    Severity.ERROR,
    "{transformation} differentiates by `{code}`, which is {dtype}; use a float, or allow_int=True",
    explanation="""A derivative by an integer.

What it does
Reports integers and truth values where `grad`, `value_and_grad`, `jacrev`, `jacfwd` or `hessian` differentiate, also in a
pytree of parameters.

Why
Integers have no derivative: TypeError.

    jax.grad(lambda x: x ** 2)(3)

Write instead
    jax.grad(lambda x: x ** 2)(3.0)
    jax.grad(loss, allow_int=True)(params)            # integers among the leaves get float0

When it stays silent
On arguments that `argnums` does not name, with `allow_int=True`, and in frameworks that differentiate by floats only.

References
https://docs.jax.dev/en/latest/_autosummary/jax.grad.html
""",
)

_DIFFERENTIATES = (Returns.GRADIENT, Returns.VALUE_AND_GRADIENT)


class GradientListeners:
    """The rules about gradients."""

    rules: ClassVar[tuple[Rule, ...]] = (GRAD_OUTPUT, GRAD_INTEGER)

    @listens_to(TransformedCall)
    def output(self, call: TransformedCall) -> Iterator[Finding]:
        """What the function returns."""
        wrapper = call.transformed.transformation
        if not isinstance(wrapper, Wrapper) or wrapper.returns not in _DIFFERENTIATES:
            return
        option = call.transformed.option("has_aux")
        if option is None or option == Const(False):
            wanted, returned = "a scalar", _no_scalar(call.returned)
            instead = "use has_aux=True for further results, jax.jacrev for an array"
        elif option == Const(True):
            wanted, returned = "a pair of a scalar and something else", _no_pair(call.returned)
            instead = "return the scalar first, and one thing beside it"
        else:
            return
        if returned is not None and _integer_among(call) is None:  # of which JAX would complain first
            name = getattr(call.transformed.function, "name", "the function")
            fills = {
                "transformation": wrapper.path,
                "wanted": wanted,
                "name": name,
                "returned": returned,
                "instead": instead,
            }
            yield Finding(GRAD_OUTPUT, call.node, fills, CERTAIN)

    @listens_to(TransformedCall)
    def integer(self, call: TransformedCall) -> Iterator[Finding]:
        """By what is differentiated."""
        wrapper = call.transformed.transformation
        if not isinstance(wrapper, Wrapper) or wrapper.returns not in (*_DIFFERENTIATES, Returns.JACOBIAN):
            return
        if wrapper.leaves is not Leaves.ALL or call.transformed.option("allow_int") not in (None, Const(False)):
            return
        dtype = _integer_among(call)
        if dtype is not None:
            fills = {"transformation": wrapper.path, "code": source_of(call.node), "dtype": dtype}
            yield Finding(GRAD_INTEGER, call.node, fills, CERTAIN)


def _integer_among(call: TransformedCall) -> str | None:
    """The dtype of an integer or truth value among what is differentiated by."""
    for value in call.traced:
        for leaf in leaves(value):
            dtype, _ = dtype_of(leaf)
            known = isinstance(leaf, Array | NumPyArray | Const) and not (isinstance(leaf, Array) and leaf.key)
            if known and dtype is not None and not is_inexact(dtype):
                return dtype
    return None


def _no_scalar(value: Value) -> str | None:
    """What a value is that surely is no floating scalar."""
    match value:
        case Const(None):
            return "None"
        case Tuple(items):
            return f"a tuple of {len(items)}"
        case List():
            return "a list"
        case Dict():
            return "a dict"
    if not isinstance(value, Array | NumPyArray | Const):
        return None
    shape, (dtype, _) = shape_of(value), dtype_of(value)
    if shape:
        return "an array with one axis" if len(shape) == 1 else f"an array with {len(shape)} axes"
    if dtype is not None and not is_inexact(dtype):
        return dtype
    return None


def _no_pair(value: Value) -> str | None:
    match value:
        case Tuple((first, _)) | List(items=(first, _)):
            inner = _no_scalar(first)
            return None if inner is None else f"{inner} first"
        case Const() | Array() | NumPyArray() | Dict():
            return "no pair"
        case Tuple(items) | List(items=tuple(items)):
            return f"{len(items)} things"
    return None
