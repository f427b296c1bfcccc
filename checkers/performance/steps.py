"""Data that crosses between host and device in each step of a loop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import Wrapper
from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.observations import Conversion, ConversionKind, TransformedCall
from jaxlint.trace.python_loops import bound_in, is_written_out, loop_around, names_in, runs_each_step, runs_eagerly
from jaxlint.values import Answer, Array, NumPyArray
from jaxlint.values.pytree import tracing_of

HOST_SYNC_IN_LOOP = Rule(
    6902,
    "jax-host-sync-in-loop",
    Severity.REFACTOR,
    "`{code}` waits for the device in each step of the loop in line {line}: one transfer a step, and no step is started "
    "before the last one has ended; keep the values on the device, and fetch them seldom",
    explanation="""A value is fetched from the device in each step of a loop.

What it does
Reports `float(x)`, `int(x)`, `x.item()`, `x.tolist()`, `np.asarray(x)` of an array that the loop computes anew, where it
happens in each step of a Python loop outside of every trace.

Why
JAX starts computations and goes on. The cost of fetching is one transfer a step, and that the host waits: the device stands
still until the next step has been started.

    for x in batches:
        params, loss = step(params, x)
        losses.append(float(loss))

Write instead
    losses.append(loss)                                   # and float(…) after the loop
    if i % 100 == 0:
        print(float(loss))

When it stays silent
Under a condition, in a `while` whose test reads the value, for values that are not made anew in the loop, in a loop over a
list or tuple that is written out, which has few steps, in traced code.

References
https://docs.jax.dev/en/latest/async_dispatch.html
https://docs.jax.dev/en/latest/_autosummary/jax.device_get.html
""",
)

TRANSFER_IN_LOOP = Rule(
    6909,
    "jax-transfer-in-loop",
    Severity.REFACTOR,
    "`{name}` is an array of NumPy, and sent to the device in each step of the loop in line {line}: one transfer a step; "
    "send it once, with jax.device_put or jnp.asarray before the loop",
    explanation="""The same NumPy array is sent to the device in each step of a loop.

What it does
Reports a compiled function that is called in a Python loop with a NumPy array that was made before the loop and is not
changed in it.

Why
The cost is one transfer from the host to the device a step, of the same data.

    table = np.load("table.npy")
    for x in batches:
        y = step(table, x)

Write instead
    table = jax.device_put(np.load("table.npy"))
    for x in batches:
        y = step(table, x)

When it stays silent
For what the loop binds or writes into, for scalars of NumPy, in traced code, and where it is not known what an argument is.

References
https://docs.jax.dev/en/latest/_autosummary/jax.device_put.html
https://docs.jax.dev/en/latest/transfer_guard.html
""",
)


class Steps:
    """69: transfers in each step."""

    rules: ClassVar[tuple[Rule, ...]] = (HOST_SYNC_IN_LOOP, TRANSFER_IN_LOOP)

    @listens_to(Conversion)
    def fetched(self, conversion: Conversion) -> Iterator[Finding]:
        """A new value is fetched in each step."""
        value, loop = conversion.value, loop_around(conversion.node)
        if loop is None or not isinstance(value, Array) or conversion.kind not in _FETCHING:
            return
        eager = conversion.frame.context.depth == 0 and tracing_of(value).is_tracer is not Answer.YES
        if not eager or not runs_each_step(conversion.node, loop) or is_written_out(conversion.frame, loop):
            return
        names = _names(conversion.node) & _computed(loop)
        if names and not (isinstance(loop, nodes.While) and _decides(loop)):
            yield Finding(HOST_SYNC_IN_LOOP, conversion.node, {"code": source_of(conversion.node), "line": str(loop.lineno)})

    @listens_to(TransformedCall)
    def sent(self, call: TransformedCall) -> Iterator[Finding]:
        """The same data is sent in each step."""
        wrapper, loop = call.transformed.transformation, loop_around(call.node)
        if loop is None or not isinstance(wrapper, Wrapper) or not wrapper.caches or not runs_eagerly(call.frame):
            return
        if not runs_each_step(call.node, loop):
            return
        for place, value in zip(call.arguments.nodes, call.arguments.positional, strict=False):
            large = isinstance(value, NumPyArray) and value.shape != () and value.dtype != "object"
            if large and isinstance(place, nodes.Name) and place.name not in bound_in(loop) | _written(loop):
                yield Finding(TRANSFER_IN_LOOP, call.node, {"name": place.name, "line": str(loop.lineno)})
                return


_FETCHING = (
    ConversionKind.INT,
    ConversionKind.FLOAT,
    ConversionKind.BOOL,
    ConversionKind.COMPLEX,
    ConversionKind.METHOD,
    ConversionKind.NUMPY,
)


def _names(conversion: nodes.NodeNG) -> frozenset[str]:
    """The names of what is converted: plain names, the roots of items and attributes, and of what a call made of them."""
    match conversion:
        case nodes.Call(args=[converted]) | nodes.Call(func=nodes.Attribute(expr=converted), args=[]):
            return frozenset() if isinstance(converted, nodes.Call) else _root(converted)
    return frozenset()


def _root(expression: nodes.NodeNG) -> frozenset[str]:
    match expression:
        case nodes.Name(name=name):
            return frozenset({name})
        case nodes.Attribute(expr=whole) | nodes.Subscript(value=whole):
            return _root(whole)
        case nodes.Call(args=arguments):
            return frozenset[str]().union(*map(_root, arguments))
    return frozenset()


def _computed(loop: nodes.For | nodes.While) -> frozenset[str]:
    """The names that a loop binds to results of calls: what it goes through may lie on the host."""
    calls = [a for a in loop.nodes_of_class(nodes.Assign) if isinstance(a.value, nodes.Call)]
    targets = [target for call in calls for target in call.targets]
    return frozenset(name.name for target in targets for name in target.nodes_of_class(nodes.AssignName))


def _decides(loop: nodes.While) -> bool:
    """Whether the loop ends by what it computes, so that it has to wait for it."""
    return bool(names_in(loop.test) & _computed(loop))


def _written(loop: nodes.For | nodes.While) -> frozenset[str]:
    """The names of what a loop writes into, or calls methods of."""
    written = [s.value for s in loop.nodes_of_class(nodes.Subscript) if s.ctx.name == "Store"]
    called = [c.func.expr for c in loop.nodes_of_class(nodes.Call) if isinstance(c.func, nodes.Attribute)]
    return frozenset(place.name for place in (*written, *called) if isinstance(place, nodes.Name))


__all__ = ["HOST_SYNC_IN_LOOP", "TRANSFER_IN_LOOP", "Steps"]
