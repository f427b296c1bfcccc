"""Indices: masks, slices and positions, and what JAX makes of them without values, or beyond the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.avals import ShapeRule
from jaxlint.model.schema import ArrayResult
from jaxlint.rules import CERTAIN, Finding, Rule, Severity, because, is_hidden, listens_to, source_of
from jaxlint.trace.observations import ItemRead, LibraryCall, MethodCall
from jaxlint.values import Array, Const, IndexUpdate, NumPyArray, Shape, Slice, Tree, Value

from .parts import indexed_array, parts_of

BOOLEAN_MASK = Rule(
    6502,
    "jax-boolean-mask",
    Severity.ERROR,
    "`{code}` selects by a traced mask, so its size is not known; {instead}",
    explanation="""A traced mask selects from an array.

What it does
Reports `x[mask]` and `x.at[mask]` where the mask is a tracer, also beside other indices.

Why
How many elements a mask selects is not known before there are values, and a program is compiled for shapes:
NonConcreteBooleanIndexError. That holds for `x.at[mask].set(0.0)` as well.

    @jax.jit
    def positive_sum(x):
        return x[x > 0].sum()

Write instead
    jnp.where(x > 0, x, 0.0).sum()
    x.sum(where=x > 0), x.mean(where=x > 0)
    x = jnp.where(mask, 0.0, x)                    # for x.at[mask].set(0.0)
    x[jnp.nonzero(mask, size=8, fill_value=0)]

When it stays silent
On NumPy masks and concrete ones of the enclosing scope, which select while tracing; on integers; outside of traced code;
under grad alone.

References
https://docs.jax.dev/en/latest/errors.html#jax.errors.NonConcreteBooleanIndexError
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.where.html
""",
)

TRACED_SLICE = Rule(
    6504,
    "jax-traced-slice",
    Severity.ERROR,
    "`{code}`: a slice of an array needs bounds that are known while JAX traces; use jax.lax.dynamic_slice_in_dim, whose "
    "size is static",
    explanation="""A traced value bounds a slice of an array.

What it does
Reports `x[i:]`, `x[:n]`, `x[i:i + k]` and `x.at[i:]` with a tracer among the bounds.

Why
The size of a slice is part of a shape, and a program is compiled for shapes: IndexError. That `i:i + k` always has k
elements is not seen.

    @jax.jit
    def window(x, i):
        return x[i:i + 3].mean()

Write instead
    jax.lax.dynamic_slice_in_dim(x, i, 3).mean()
    jax.lax.dynamic_update_slice_in_dim(x, values, i, axis=0)      # for x.at[i:i + k].set(values)
    jnp.where(jnp.arange(x.shape[0]) < n, x, 0.0)                  # for x[:n]: the rest is masked
    x[i + jnp.arange(3)]

When it stays silent
On shapes and static arguments as bounds, on a traced index that is no slice (`x[i]`), outside of traced code, under grad
alone.

References
https://docs.jax.dev/en/latest/_autosummary/jax.lax.dynamic_slice_in_dim.html
https://docs.jax.dev/en/latest/jit-compilation.html
""",
)

OUT_OF_BOUNDS = Rule(
    6505,
    "jax-out-of-bounds",
    Severity.WARNING,
    "`{code}`: index {index} is out of bounds for an axis of size {size}, and JAX does not raise: {effect}",
    explanation="""A constant index lies beyond the end of an array.

What it does
Reports a constant index that is out of bounds for the size that the axis is known to have: `x[5]`, `x.at[5].set(v)`,
`jnp.take(x, 5)` and `x.take(5)` on three elements.

Why
NumPy raises an IndexError. JAX cannot raise on a device: a read is clamped to the last element, an update is dropped, and
`take` and `take_along_axis` give NaN, or the smallest number of an integer dtype.

    x = jnp.zeros(3)
    x[3]                                     # the last element
    x = x.at[3].set(1.0)                     # unchanged

Write instead
    x[-1]
    x.at[index].get(mode="fill", fill_value=0.0)      # says what is meant

When it stays silent
Where `mode=` says what is meant, where the size is not known, and on slices, which Python clips as well.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#out-of-bounds-indexing
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html
""",
)


_CLAMPED = "the read is clamped to the nearest element"
_DROPPED = "the update is dropped"
_FILLED = "the result is filled with NaN, or the smallest integer"


class IndexListeners:
    """The rules about indices."""

    rules: ClassVar[tuple[Rule, ...]] = (BOOLEAN_MASK, TRACED_SLICE, OUT_OF_BOUNDS)

    @listens_to(ItemRead)
    def mask(self, read: ItemRead) -> Iterator[Finding]:
        """`x[mask]`; of a pytree that may be a list or a dict, a mask selects nothing at all."""
        if not isinstance(indexed_array(read.target), Array | Tree):
            return
        for part in parts_of(read.index):
            if isinstance(part, Array) and part.dtype == "bool" and is_hidden(part):
                updates = isinstance(read.target, IndexUpdate)
                instead = "use jnp.where(mask, value, x)" if updates else "use jnp.where, or where= of a reduction"
                fills = {"code": source_of(read.node), "instead": instead}
                yield Finding(BOOLEAN_MASK, read.node, fills, because(read, part))
                return

    @listens_to(ItemRead)
    def slice_bound(self, read: ItemRead) -> Iterator[Finding]:
        """`x[i:]`; a list is not sliced by a tracer either."""
        if not isinstance(indexed_array(read.target), Array | Tree):
            return
        for part in parts_of(read.index):
            if not isinstance(part, Slice):
                continue
            for bound in (part.lower, part.upper, part.step):
                if bound is not None and is_hidden(bound):
                    yield Finding(TRACED_SLICE, read.node, {"code": source_of(read.node)}, because(read, bound))
                    return

    @listens_to(ItemRead)
    def position(self, read: ItemRead) -> Iterator[Finding]:
        """`x[5]` of three elements."""
        array = indexed_array(read.target)
        if not isinstance(array, Array) or array.shape is None:
            return
        effect = _CLAMPED
        if isinstance(read.target, IndexUpdate):
            method, call = _applied(read.node)
            if call is None or any(keyword.arg in (None, "mode", "fill_value") for keyword in call.keywords):
                return
            effect = _CLAMPED if method == "get" else _DROPPED
        for index, size in _positions(array.shape, parts_of(read.index)):
            if not -size <= index < size:
                yield _out_of_bounds(read.node, index, size, effect)
                return

    @listens_to(LibraryCall, MethodCall)
    def taken(self, call: LibraryCall | MethodCall) -> Iterator[Finding]:
        """`jnp.take(x, 5)` and `x.take(5)` of three elements, without a `mode`."""
        row, arguments = call.operation if isinstance(call, LibraryCall) else call.meaning, call.arguments
        if row is None or not isinstance(row.result, ArrayResult) or row.result.shape is not ShapeRule.TAKEN:
            return
        parameters = row.parameters
        if isinstance(call, MethodCall):
            parameters, arguments = ("self", *parameters), arguments.with_first(call.receiver)
        array, indices, axis, mode = (
            arguments.named(parameters, name) for name in (parameters[0], "indices", "axis", "mode")
        )
        index = _number(indices)
        if mode is not None or not isinstance(array, Array) or array.shape is None or index is None:
            return
        match axis:
            case None:
                size = array.size  # of all axes in a row
            case Const(int() as number) if -len(array.shape) <= number < len(array.shape):
                size = array.shape[number]
            case _:
                return
        if size is not None and not -size <= index < size:
            yield _out_of_bounds(call.node, index, size, _FILLED)


def _applied(node: nodes.NodeNG) -> tuple[str, nodes.Call | None]:
    """The method that is called of `x.at[i]`, and the call."""
    attribute = node.parent
    if isinstance(attribute, nodes.Attribute) and isinstance(attribute.parent, nodes.Call):
        return attribute.attrname, attribute.parent
    return "", None


def _number(value: Value | None) -> int | None:
    """The integer that an index surely is."""
    match value:
        case Const(bool()):
            return None
        case Const(int() as number):
            return number
    return None


def _positions(shape: Shape, parts: tuple[Value, ...]) -> Iterator[tuple[int, int]]:
    """The constant indices with the known sizes of their axes; nothing where it is not clear which axis is whose."""
    if not all(_is_plain(part) for part in parts):
        return
    taken = [part for part in parts if part != Const(None)]
    ellipses = [place for place, part in enumerate(taken) if part == Const(Ellipsis)]
    if len(ellipses) > 1 or len(taken) - len(ellipses) > len(shape):
        return
    before = ellipses[0] if ellipses else len(taken)
    after = len(taken) - before - len(ellipses)
    axes = [*shape[:before], *shape[len(shape) - after :]] if ellipses else list(shape[:before])
    selectors = [part for part in taken if part != Const(Ellipsis)]
    for part, size in zip(selectors, axes, strict=True):
        index = _number(part)
        if index is not None and size is not None:
            yield index, size


def _is_plain(part: Value) -> bool:
    """Whether a part stands for one axis, a new one, or the ellipsis."""
    match part:
        case Const(None) | Slice():
            return True
        case Array(shape=shape, dtype=dtype) | NumPyArray(shape=shape, dtype=dtype):
            return shape is not None and dtype is not None and "int" in dtype
    return part == Const(Ellipsis) or _number(part) is not None


def _out_of_bounds(node: nodes.NodeNG, index: int, size: int, effect: str) -> Finding:
    fills = {"code": source_of(node), "index": str(index), "size": str(size), "effect": effect}
    return Finding(OUT_OF_BOUNDS, node, fills, CERTAIN)
