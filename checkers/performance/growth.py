"""Arrays that grow, are copied or are put together in Python's loops, outside of a trace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.avals import ShapeRule
from jaxlint.model.schema import ArrayResult, Library, Operation
from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.frame import Frame
from jaxlint.trace.observations import LibraryCall, MethodCall
from jaxlint.trace.python_loops import assigned_name, begins_anew, loop_around, names_in, runs_eagerly
from jaxlint.values import Array, IndexUpdate, List, Tracing, Tuple, TupleOf

EAGER_UPDATE_LOOP = Rule(
    6904,
    "jax-eager-update-loop",
    Severity.REFACTOR,
    "`{code}` copies all of `{name}` in each step of the loop in line {line}: put the loop under jit with "
    "jax.lax.fori_loop, or write all items at once",
    explanation="""An array is updated item by item in a loop outside of `jit`.

What it does
Reports `x = x.at[i].set(v)` and its relatives in a Python loop that surely runs outside of every trace.

Why
The cost is one copy of the whole array, and one dispatch, a step: n items take n copies. Under `jit` XLA updates in place.

    for i in range(1000):
        x = x.at[i].set(f(i))

Write instead
    x = x.at[jnp.arange(1000)].set(jax.vmap(f)(jnp.arange(1000)))
    x = jax.jit(lambda x: jax.lax.fori_loop(0, 1000, lambda i, x: x.at[i].set(f(i)), x))(x)
    x = np.zeros(1000); ...                               # NumPy, then jnp.asarray once

When it stays silent
In traced code, where it is not known whether code is traced, for an update that does not go back to its own name, and
where the loops around have eight steps or fewer in all.

References
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html
https://docs.jax.dev/en/latest/_autosummary/jax.lax.fori_loop.html
""",
)

GROWING_ARRAY = Rule(
    6905,
    "jax-growing-array",
    Severity.REFACTOR,
    "`{code}` makes `{name}` longer in each step of the loop in line {line}: one compilation and one copy a step; collect "
    "the parts in a list and join them once",
    explanation="""An array grows in a loop outside of `jit`.

What it does
Reports `x = jnp.append(x, …)`, and `jnp.concatenate`, `stack`, `hstack`, `vstack` of an array with itself among their
arguments, in a Python loop that surely runs outside of every trace.

Why
The cost is one compilation a step, since each step has a new shape, and one copy of all that was there: a loop of n steps
compiles n programs, and whatever is done with the array compiles as often again.

    for x in batches:
        means = jnp.append(means, jnp.mean(x))

Write instead
    parts = [jnp.mean(x) for x in batches]
    means = jnp.stack(parts)                              # one shape, one compilation
    _, means = jax.lax.scan(lambda c, x: (c, jnp.mean(x)), None, batches)

When it stays silent
In traced code, where it is not known whether code is traced, for arrays of NumPy and for lists.

References
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.append.html
https://docs.jax.dev/en/latest/jit-compilation.html
""",
)

LOOP_OVER_BATCH = Rule(
    6906,
    "jax-loop-over-batch",
    Severity.REFACTOR,
    "`{code}` calls {function} once for each of the {count}rows, {cost}: jax.vmap does all of them in one call",
    explanation="""A function is called for each row of an array, and the results are stacked.

What it does
Reports `jnp.stack([f(x) for x in xs])`, and `jnp.array`, `asarray`, `concatenate` of such a list, where `xs` is an array.

Why
The cost is one slice and one call of f a row: outside of `jit` that many dispatches, inside of it that many copies of f's
operations in the program that is compiled, where `vmap` has one.

    ys = jnp.stack([f(x) for x in xs])

Write instead
    ys = jax.vmap(f)(xs)
    ys = jax.lax.map(f, xs)                               # one after the other, in little memory

When it stays silent
Where what is gone through is a list, or not known; where some rows are left out; for an array of few rows, eight or less.

References
https://docs.jax.dev/en/latest/automatic-vectorization.html
https://docs.jax.dev/en/latest/_autosummary/jax.lax.map.html
""",
)


class Growth:
    """69: arrays put together step by step."""

    rules: ClassVar[tuple[Rule, ...]] = (EAGER_UPDATE_LOOP, GROWING_ARRAY, LOOP_OVER_BATCH)

    @listens_to(MethodCall)
    def updated(self, call: MethodCall) -> Iterator[Finding]:
        """`x = x.at[i].set(v)`."""
        loop, name = loop_around(call.node), assigned_name(call.node)
        if loop is None or name is None or not runs_eagerly(call.frame) or begins_anew(name, call.node, loop):
            return
        if _ends_soon(call.frame):
            return
        match call.receiver:
            case IndexUpdate(array=Array(tracing=Tracing.CONCRETE), index=index) if index is not None:
                if _updates(call.node, name) and call.name != "get":
                    yield Finding(EAGER_UPDATE_LOOP, call.node, _fills(call.node, name, loop))

    @listens_to(LibraryCall)
    def grown(self, call: LibraryCall) -> Iterator[Finding]:
        """`x = jnp.append(x, v)`."""
        loop, name = loop_around(call.node), assigned_name(call.node)
        if loop is None or name is None or call.operation.library is not Library.JAX or not runs_eagerly(call.frame):
            return
        joins = call.operation.joins and isinstance(call.result, Array)
        parts = joins and call.arguments.nodes and name in _joined(call.node)
        # A list is joined once it is full, and its name taken for the result.
        listed = isinstance(call.frame.lookup(name), List | Tuple | TupleOf)
        if parts and not listed and not begins_anew(name, call.node, loop):
            yield Finding(GROWING_ARRAY, call.node, _fills(call.node, name, loop))

    @listens_to(LibraryCall)
    def stacked(self, call: LibraryCall) -> Iterator[Finding]:
        """`jnp.stack([f(x) for x in xs])`."""
        joins = (call.operation.joins or _makes_array(call.operation)) and call.operation.library is Library.JAX
        match call.arguments.nodes[:1] if joins else ():
            case (nodes.ListComp(elt=nodes.Call() as element, generators=[nodes.Comprehension(ifs=[]) as rows]),):
                pass
            case _:
                return
        count = _rows(call.frame, rows.iter)
        if count == 0 or not _takes(element, rows.target):
            return
        eager = runs_eagerly(call.frame)
        fills = {
            "code": source_of(call.node),
            "function": f"`{source_of(element.func, 30)}`",
            "count": f"{count} " if count else "",
            "cost": "dispatched one by one" if eager else "each of them copied into the program that is compiled",
        }
        yield Finding(LOOP_OVER_BATCH, call.node, fills)


_FEW = 8
"""Rows that may as well be gone through one by one: the three axes of space, the two ends of an interval."""


def _ends_soon(frame: Frame) -> bool:
    """Whether the loops around run few steps in all."""
    steps = 1
    for loop in frame.loops:
        if loop.steps is None:
            return False
        steps *= loop.steps
    return bool(frame.loops) and steps <= _FEW


def _makes_array(operation: Operation) -> bool:
    """Whether a function makes an array of a list: `jnp.array`."""
    return isinstance(operation.result, ArrayResult) and operation.result.shape is ShapeRule.LITERAL


def _fills(node: nodes.NodeNG, name: str, loop: nodes.NodeNG) -> dict[str, str]:
    return {"code": source_of(node), "name": name, "line": str(loop.lineno)}


def _updates(call: nodes.NodeNG, name: str) -> bool:
    """Whether a call is `name.at[…].method(…)`."""
    match call:
        case nodes.Call(func=nodes.Attribute(expr=nodes.Subscript(value=nodes.Attribute(expr=nodes.Name(name=of))))):
            return bool(of == name)
    return False


def _joined(call: nodes.NodeNG) -> frozenset[str]:
    """The names of the arrays that a call joins: its first arguments, or the items of the first one."""
    found: set[str] = set()
    for argument in call.args if isinstance(call, nodes.Call) else ():
        parts = argument.elts if isinstance(argument, nodes.List | nodes.Tuple) else [argument]
        found |= {part.name for part in parts if isinstance(part, nodes.Name)}
    return frozenset(found)


def _rows(frame: Frame, expression: nodes.NodeNG) -> int | None:
    """How many rows an array has; 0 when it is none, or few; None when that is not known."""
    value = frame.lookup(expression.name) if isinstance(expression, nodes.Name) else None
    if not isinstance(value, Array) or value.key is not None:
        return 0
    if not value.shape or value.shape[0] is None:
        return None
    return value.shape[0] if value.shape[0] > _FEW else 0


def _takes(call: nodes.Call, target: nodes.NodeNG) -> bool:
    """Whether a call is given the row."""
    return isinstance(target, nodes.AssignName) and any(target.name in names_in(argument) for argument in call.args)


__all__ = ["EAGER_UPDATE_LOOP", "GROWING_ARRAY", "LOOP_OVER_BATCH", "Growth"]
