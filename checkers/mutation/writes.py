"""Writing into a JAX array: items, attributes, methods and functions that NumPy has for it. All of these raise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes
from astroid.const import Context

from jaxlint.model.array_api import ATTRIBUTES
from jaxlint.model.schema import Attr, Library, Operation, Reads
from jaxlint.rules import CERTAIN, Because, Finding, Rule, Severity, because, is_tracer, listens_to, source_of
from jaxlint.trace.observations import AttributeRead, AttributeWrite, ItemWrite, LibraryCall, MethodCall, Observation
from jaxlint.trace.truth import is_none
from jaxlint.values import Answer, Array, IndexUpdate, List, NumPyArray, Ref, Tuple, TupleOf, Value

ITEM_ASSIGNMENT = Rule(
    6101,
    "jax-array-item-assignment",
    Severity.ERROR,
    "`{code}` is a JAX array, which cannot be written to: {write}",
    explanation="""A JAX array is written to.

What it does
Reports `x[i] = v`, `x[i] += v` and `del x[i]` where `x` is a JAX array, whatever the place of the target: unpacking,
`for x[i] in ...`, `with ... as x[i]`, `operator.setitem`.

Why
JAX arrays are immutable, traced or not, so the assignment raises TypeError. A row or slice of an array is an array
of its own, and no view.

Write instead
    x = x.at[i].set(v)        # x[i] = v
    x = x.at[i].add(v)        # x[i] += v
    x = jnp.delete(x, i)      # del x[i]
Under jit the update is done in place where nobody needs the old array.

When it stays silent
What can be written to is not reported: NumPy arrays, lists, dicts, mutable references (`jax.new_ref`, the Refs of a
kernel). Nor is a target of which it is not known whether it is a JAX array, such as a parameter of a function that
nobody is seen to call.

References
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#in-place-updates
""",
)

ATTRIBUTE_ASSIGNMENT = Rule(
    6102,
    "jax-array-attribute-assignment",
    Severity.ERROR,
    "`{name}` of a JAX array cannot be assigned: {write}",
    explanation="""An attribute of a JAX array is assigned.

What it does
Reports assignments to the attributes of a JAX array (`x.shape = ...`, `x.real = ...`), to the items of `x.flat`, and
new attributes put on a tracer.

Why
The attributes are properties without a setter, and tracers take no new ones: AttributeError. `x.flat` is not there
at all: NotImplementedError.

Write instead
    x = x.reshape(3, 1)           # x.shape = (3, 1)
    x = x.astype(jnp.int32)       # x.dtype = jnp.int32
    z = jax.lax.complex(v, z.imag)   # z.real = v
    x = x.ravel().at[i].set(v).reshape(x.shape)   # x.flat[i] = v

When it stays silent
A new attribute on a concrete array succeeds, and is not reported; it is lost as soon as the array goes through a
transformation.

References
https://docs.jax.dev/en/latest/_autosummary/jax.Array.html
""",
)

INPLACE_METHOD = Rule(
    6103,
    "jax-array-inplace-method",
    Severity.ERROR,
    "JAX arrays have no method `{name}`, since they are immutable: {write}",
    explanation="""A method that would change a JAX array is called.

What it does
Reports calls of NumPy's methods that change an array and that JAX arrays lack: `fill`, `put`, `resize`, `itemset`,
`partition`, `setfield`, `setflags`.

Why
JAX arrays are immutable, so these methods do not exist: AttributeError.

Write instead
    x = jnp.full_like(x, v)       # x.fill(v)
    x = x.at[i].set(v)            # x.put(i, v), x.itemset(i, v)
    x = jnp.resize(x, (2, 2))     # x.resize((2, 2))
    x = jnp.partition(x, k)       # x.partition(k)

When it stays silent
`x.sort()` exists and returns a sorted array: as a statement it is reported by jax-discarded-update.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#in-place-updates
""",
)

OUT_ARGUMENT = Rule(
    6105,
    "jax-out-argument",
    Severity.ERROR,
    "`{name}` cannot write into a JAX array: {write}",
    explanation="""A function is told to write into a JAX array.

What it does
Reports `out=` given to functions and methods of `jax.numpy`, NumPy's functions that write into an argument
(`np.add.at`, `np.put`, `np.copyto`, `np.fill_diagonal`, `np.place`, `np.random.shuffle`, any ufunc's `out=`) where
that argument is a JAX array, and `jnp.put`, `jnp.fill_diagonal`, `jnp.place`, `jnp.put_along_axis`, `jnp.add.at`
without `inplace=False`.

Why
JAX arrays are immutable: all of these raise (TypeError, ValueError, NotImplementedError).

Write instead
    y = jnp.add(x, 1.0)                               # jnp.add(x, 1.0, out=x)
    counts = counts.at[indices].add(1.0)              # np.add.at(counts, indices, 1.0)
    m = jnp.fill_diagonal(m, 0.0, inplace=False)      # np.fill_diagonal(m, 0.0)
    x = jax.random.permutation(key, x)                # np.random.shuffle(x)

When it stays silent
`out=None` is fine, and so is a NumPy array as `out` of a NumPy function that reads JAX arrays.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#in-place-updates
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ufunc.at.html
""",
)

NUMPY_AT = Rule(
    6109,
    "jax-numpy-at",
    Severity.ERROR,
    "`{code}` is a {kind}, which has no `.at`: {write}",
    explanation="""`.at` is asked of a NumPy array or a container.

What it does
Reports `.at` on a NumPy array, list, tuple or dict.

Why
Only JAX arrays have `.at`: AttributeError. NumPy arrays get it when they become JAX arrays, as the arguments of a
jitted function do.

Write instead
    x[i] = v                              # a NumPy array or list that may be written to
    y = jnp.asarray(x).at[i].set(v)       # a new JAX array

When it stays silent
Where it is not known whether the object is a JAX array, or it may be either.

References
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html
""",
)

_UPDATES = {"+=": "add", "-=": "subtract", "*=": "multiply", "/=": "divide", "**=": "power"}

_CHANGING_METHODS = {
    "fill": "use jnp.full_like",
    "put": "use x = x.at[i].set(v)",
    "itemset": "use x = x.at[i].set(v)",
    "resize": "use jnp.resize",
    "partition": "use jnp.partition",
    "setfield": "use x = x.at[i].set(v)",
    "setflags": "use jnp.copy for an array of one's own",
}
"""Methods that change a NumPy array, and what to write for a JAX array."""

_ATTRIBUTES = {
    "shape": "use x = x.reshape(shape)",
    "dtype": "use x = x.astype(dtype)",
    "real": "use jax.lax.complex(real, x.imag)",
    "imag": "use jax.lax.complex(x.real, imag)",
    "flat": "use x.ravel().at[i].set(v).reshape(x.shape)",
}

_KINDS = {List: "list", Tuple: "tuple", TupleOf: "tuple", NumPyArray: "NumPy array"}


class Writes:
    """61: what raises because JAX arrays are immutable."""

    rules: ClassVar[tuple[Rule, ...]] = (
        ITEM_ASSIGNMENT, ATTRIBUTE_ASSIGNMENT, INPLACE_METHOD, OUT_ARGUMENT, NUMPY_AT,
    )  # fmt: skip

    @listens_to(ItemWrite)
    def item(self, write: ItemWrite) -> Iterator[Finding]:
        """`x[i] = v`, `x[i] += v`, `del x[i]`."""
        target = write.target
        code = _target_code(write.node)
        if isinstance(target, Array):
            if write.deletes:
                advice = f"use {code} = jnp.delete({code}, …)"
            else:
                method = _UPDATES.get(write.operator, "set")
                advice = f"use {code} = {code}.at[…].{method}(…)"
            yield Finding(ITEM_ASSIGNMENT, write.node, {"code": code, "write": advice}, _why(write, target))
        elif isinstance(target, IndexUpdate) and isinstance(target.array, Array) and target.index is None:
            advice = "use x = x.at[…].set(…), the new array"
            yield Finding(ITEM_ASSIGNMENT, write.node, {"code": code, "write": advice}, _why(write, target.array))

    @listens_to(AttributeWrite)
    def attribute(self, write: AttributeWrite) -> Iterator[Finding]:
        """`x.shape = …`; on a tracer any name."""
        target = write.target
        if isinstance(target, Array) and (_has_no_setter(write.name) or is_tracer(target)):
            advice = _ATTRIBUTES.get(write.name, "keep it beside the array, in a variable or a pytree of one's own")
            yield Finding(ATTRIBUTE_ASSIGNMENT, write.node, {"name": write.name, "write": advice}, _why(write, target))

    @listens_to(AttributeRead)
    def flat(self, read: AttributeRead) -> Iterator[Finding]:
        """`x.flat[i] = v`."""
        holder = read.node.parent
        if not isinstance(holder, nodes.Subscript) or holder.value is not read.node or holder.ctx == Context.Load:
            return
        if read.name == "flat" and isinstance(read.target, Array):
            fills = {"name": "flat", "write": _ATTRIBUTES["flat"]}
            yield Finding(ATTRIBUTE_ASSIGNMENT, holder, fills, _why(read, read.target))

    @listens_to(AttributeRead)
    def numpy_at(self, read: AttributeRead) -> Iterator[Finding]:
        """`.at` of what is no JAX array."""
        kind = _KINDS.get(type(read.target))
        if read.name == "at" and kind is not None:
            code = source_of(read.node.expr) if isinstance(read.node, nodes.Attribute) else source_of(read.node)
            advice = "assign to its items, or make it a JAX array with jnp.asarray first"
            yield Finding(NUMPY_AT, read.node, {"code": code, "kind": kind, "write": advice})

    @listens_to(MethodCall)
    def method(self, call: MethodCall) -> Iterator[Finding]:
        """`x.fill(v)`; `x.sum(out=y)`."""
        receiver = call.receiver
        if not isinstance(receiver, Array):
            return
        meaning = call.meaning
        if meaning is not None and Attr.MISSING in meaning.flags and call.name in _CHANGING_METHODS:
            fills = {"name": call.name, "write": _CHANGING_METHODS[call.name]}
            yield Finding(INPLACE_METHOD, call.node, fills, _why(call, receiver))
        elif _is_given(call.arguments.keyword("out")):
            fills = {"name": f"{call.name}(out=…)", "write": "leave `out` away, and use the result"}
            yield Finding(OUT_ARGUMENT, call.node, fills, _why(call, receiver))

    @listens_to(LibraryCall)
    def function(self, call: LibraryCall) -> Iterator[Finding]:
        """`jnp.add(x, y, out=x)`, `np.add.at(x, i, v)`, `jnp.put(x, i, v)`."""
        operation = call.operation
        match operation.library:
            case Library.JAX if operation.refuses_inplace:
                if call.arguments.keyword("inplace") is None and call.arguments.is_exact:
                    fills = {"name": _short(call.path), "write": "give `inplace=False`, and use the result"}
                    yield Finding(OUT_ARGUMENT, call.node, fills)
            case Library.JAX if operation.refuses_out or call.path.startswith("jax.numpy."):
                if _is_given(call.arguments.named(operation.parameters, "out")):
                    fills = {"name": f"{_short(call.path)}(out=…)", "write": "leave `out` away, and use the result"}
                    yield Finding(OUT_ARGUMENT, call.node, fills)
            case Library.NUMPY | Library.PYTHON:
                written = _written(operation, call)
                if written is not None:
                    fills = {"name": _short(call.path), "write": "use the result of x.at[…] or a jax.numpy function"}
                    yield Finding(OUT_ARGUMENT, call.node, fills, _why(call, written))


def _written(operation: Operation, call: LibraryCall) -> Array | None:
    """The JAX array that a host function is told to write into, or to hand its `out` to."""
    if operation.writes:
        target = call.arguments.named(operation.parameters, operation.writes)
        if isinstance(target, Array):
            return target
    out = call.arguments.named(operation.parameters, "out")
    targets = out.items if isinstance(out, Tuple) else (out,)
    for target in targets:
        if isinstance(target, Array):
            return target
    first = call.arguments.positional[0] if call.arguments.positional else None
    if operation.reads is Reads.METHOD and isinstance(first, Array) and _is_given(out):
        return first  # np.sum(x, out=y) calls x.sum(out=y)
    return None


def _is_given(value: Value | None) -> bool:
    """Whether an optional argument surely is given, and not as None."""
    return value is not None and not isinstance(value, Ref) and is_none(value) is Answer.NO


def _has_no_setter(name: str) -> bool:
    row = ATTRIBUTES.get(name)
    return row is not None and Attr.METHOD not in row.flags and Attr.MISSING not in row.flags


def _why(observation: Observation, value: Array) -> Because:
    """Traced or not, the write raises; the chain is told where it is a tracer."""
    return because(observation, value) if is_tracer(value) else CERTAIN


def _target_code(node: nodes.NodeNG) -> str:
    """How the code names what is written to."""
    if isinstance(node, nodes.Subscript):
        return source_of(node.value)
    if isinstance(node, nodes.Call) and node.args:
        return source_of(node.args[0])
    return source_of(node)


def _short(path: str) -> str:
    """A dotted name as most programs write it."""
    for long, short in (("jax.numpy.", "jnp."), ("numpy.", "np.")):
        if path.startswith(long):
            return short + path.removeprefix(long)
    return path


__all__ = ["ATTRIBUTE_ASSIGNMENT", "INPLACE_METHOD", "ITEM_ASSIGNMENT", "NUMPY_AT", "OUT_ARGUMENT", "Writes"]
