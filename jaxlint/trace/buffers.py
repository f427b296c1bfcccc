"""Buffers: arrays that were donated, and NumPy memory that JAX shares or has not read yet.

    y = step(x)                    # step = jit(f, donate_argnums=0): x is DONATED, its values are gone
    d = jax.device_put(host)       # host is SHARED: d may use its memory
    z = f(host)                    # f = jit(...): host is IN_FLIGHT until the program waits for something

Nothing is donated inside of another trace, by NumPy arrays (they are copied), by arguments that the function never
uses, and by arrays that fit no output. https://docs.jax.dev/en/latest/faq.html#buffer-donation
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import Wrapper
from jaxlint.trace import events
from jaxlint.trace.events import Event, Fate
from jaxlint.trace.identity import made, with_buffers
from jaxlint.trace.liveness import Reaching
from jaxlint.trace.observations import BufferWrite, DonatingCall
from jaxlint.trace.options import integers, signature, strings
from jaxlint.values import (
    Answer,
    Array,
    Bound,
    Class,
    Function,
    Instance,
    NumPyArray,
    Partial,
    Transformed,
    Value,
    underlying,
)
from jaxlint.values.pytree import leaves

if TYPE_CHECKING:
    from jaxlint.trace.binding import Arguments
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def kept(frame: Frame, node: nodes.NodeNG, value: Value) -> Value:
    """A value that a statement binds: outside of traces its arrays can be told apart from now on."""
    return value if frame.context.depth else with_buffers(value, lambda: made(frame, node))


# ------------------------------------------------------------------------------------------------ donation


def _donations(
    t: Tracer, transformed: Transformed, arguments: Arguments
) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    """The arguments of a call that are donated, and the others."""
    numbers, texts = transformed.option("donate_argnums"), transformed.option("donate_argnames")
    positions = set() if numbers is None else integers(numbers)
    names = set() if texts is None else strings(texts)
    if positions is None or names is None or not (positions or names) or not arguments.is_exact:
        return (), ()
    parameters = signature(t, transformed.function) or ()
    names = names | {parameters[position] for position in positions if -len(parameters) <= position < len(parameters)}
    reaching = Reaching(t.callees, t.heedless)
    donated: list[Value] = []
    others: list[Value] = []
    for index, value in enumerate(arguments.positional):
        name = parameters[index] if index < len(parameters) else None
        if _is_used(reaching, transformed, name):
            (donated if index in positions or name in names else others).append(value)
    for keyword, value in arguments.keywords:
        if _is_used(reaching, transformed, keyword):
            (donated if keyword in names else others).append(value)
    return tuple(donated), tuple(others)


def _arrays(value: Value) -> Iterator[Array]:
    for leaf in leaves(value):
        if isinstance(leaf, Array) and leaf.tracing.is_tracer is not Answer.YES:
            yield leaf


def _is_used(reaching: Reaching, transformed: Transformed, parameter: str | None) -> bool:
    """Whether the function computes its result with a parameter: what it does not need is dropped before it is donated."""
    function = underlying(transformed)
    if isinstance(function, Instance) and isinstance(function.cls, Class):
        method = function.cls.find("__call__")
        function = underlying(method[0]) if method is not None else function
    if parameter is None or not isinstance(function, Function) or _keeps_all(transformed):
        return True
    return reaching.reaches(function.node, parameter)


def _keeps_all(function: Value) -> bool:
    """Whether a function has a derivative of its own: JAX does not look into it for what it needs."""
    while isinstance(function, Transformed | Partial | Bound):
        wrapper = function.transformation if isinstance(function, Transformed) else None
        if isinstance(wrapper, Wrapper) and wrapper.rules:
            return True
        function = function.function
    return False


def _unusable(arrays: tuple[Array, ...], result: Value) -> tuple[Array, ...]:
    """The donated arrays that surely fit no array of the result, each of which can be used once."""
    outputs: list[Array | None] = [leaf if isinstance(leaf, Array) else None for leaf in leaves(result)]
    left: list[Array] = []
    for array in arrays:
        fitting = [output for output in outputs if _may_hold(output, array)]
        if not fitting:
            left.append(array)
        elif fitting[0] is not None:
            outputs = [output for output in outputs if output is not fitting[0]]
    return tuple(left)


def _may_hold(output: Array | None, array: Array) -> bool:
    """Whether an output may use the array's memory: one of as many bytes, whatever its shape and dtype."""
    sizes = [_bytes(output), _bytes(array)]
    return None in sizes or sizes[0] == sizes[1]


def _bytes(array: Array | None) -> int | None:
    if array is None or array.size is None or array.dtype is None:
        return None
    digits = "".join(filter(str.isdigit, array.dtype))
    bits = int(digits) if digits else 8 if array.dtype == "bool" else 0
    return array.size * bits // 8 if bits else None


def called(
    t: Tracer, frame: Frame, node: nodes.NodeNG, transformed: Transformed, arguments: Arguments, result: Value
) -> None:
    """A transformed function was called: what it takes, and what it may not have read yet."""
    wrapper = transformed.transformation
    if frame.context.depth > 0 or (isinstance(wrapper, Wrapper) and not wrapper.computes):
        return
    donated, others = _donations(t, transformed, arguments) if node not in t.heedless else ((), ())
    arrays = tuple(array for value in donated for array in _arrays(value))
    if arrays:
        left = _unusable(arrays, result)
        t.observe(DonatingCall(node, frame, arrays, others, left))
        for array in arrays:
            if array.buffer is not None and not any(array is other for other in left):
                events.note(frame, Fate.DONATED, array.buffer, node)
    if _runs_ahead(transformed):
        for value in arguments.all_values():
            hand_over(frame, node, value, Fate.IN_FLIGHT)


def donated_before(frame: Frame, value: Value) -> Event | None:
    """Where an array was donated, if it surely was."""
    if not isinstance(value, Array) or value.buffer is None:
        return None
    event = events.find(frame, Fate.DONATED, value.buffer)
    return event if event is not None and event.precedes(frame) else None


# ------------------------------------------------------------------------------------------------ sharing


def _runs_ahead(transformed: Transformed) -> bool:
    """Whether a call returns before it has run."""
    return getattr(transformed.transformation, "path", "") in _COMPILED


_COMPILED = frozenset({"jax.jit", "jax.pmap", "jax.experimental.pjit.pjit"})


def hand_over(frame: Frame, node: nodes.NodeNG, value: Value, fate: Fate) -> None:
    """NumPy arrays in a value are given to JAX."""
    if frame.context.depth > 0:
        return
    for leaf in leaves(value):
        if isinstance(leaf, NumPyArray) and leaf.buffer is not None and leaf.shape != ():
            if fate is Fate.SHARED and leaf.dtype in _CONVERTED:
                continue  # 32 bits are made of them, which copies
            events.note(frame, fate, leaf.buffer, node)


_CONVERTED = frozenset({"float64", "int64", "uint64", "complex128"})


def write(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value) -> None:
    """Code writes into a NumPy array here; observed together with what JAX may still see of it."""
    if not isinstance(value, NumPyArray) or value.buffer is None or not t.listens(BufferWrite):
        return
    for fate in (Fate.SHARED, Fate.IN_FLIGHT):
        event = events.find(frame, fate, value.buffer)
        if event is not None and event.precedes(frame):
            t.observe(BufferWrite(node, frame, value, event.node, fate is Fate.SHARED))
            return
