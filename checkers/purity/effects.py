"""Effects: files, clocks and iterators are reached while tracing, once, and never again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jaxlint.model.schema import Effect, Hiding, Loop, Source, Wrapper
from jaxlint.rules import Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace.observations import IteratorAdvance, LibraryCall, LoopCall, Observation, TransformedCall
from jaxlint.values import UNKNOWN, Answer, Dict, List, TraceEntry, Tuple, Value, View
from jaxlint.values import Iterator as IteratorValue
from jaxlint.values.provenance import entries

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame

IO_IN_TRACED = Rule(
    6304,
    "jax-io-in-traced",
    Severity.WARNING,
    "`{code}` runs while JAX traces, once, and not when the compiled function is called; do it outside, or in "
    "jax.experimental.io_callback",
    explanation="""Traced code reads or writes files, processes or sockets.

What it does
Reports `open`, `input`, `np.save`, `np.load`, `pickle.dump`, methods of `pathlib.Path`, `subprocess`, `socket` and
their like in code that JAX traces.

Why
The call happens while JAX traces: once for each shape of the arguments. What it read is a constant of the compiled
function from then on, and what it wrote is not written again. Where an array is wanted, as by `np.save`, a tracer is none:
TracerArrayConversionError.

    @jax.jit
    def step(x):
        with open("log.txt", "a") as file:
            file.write("step")
        return x * 2

Write instead
    return x * 2, metrics                                 # and write outside
    jax.debug.callback(log, x)
    jax.experimental.io_callback(read, jax.ShapeDtypeStruct((), jnp.float32), ordered=True)

When it stays silent
Outside of traced code, in callbacks, under grad and vmap alone, where the function runs at each call.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#pure-functions
https://docs.jax.dev/en/latest/external-callbacks.html
""",
)

CLOCK_IN_TRACED = Rule(
    6308,
    "jax-clock-in-traced",
    Severity.WARNING,
    "`{code}` runs while JAX traces, so the compiled function keeps the time of its trace; measure outside, around "
    "jax.block_until_ready",
    explanation="""Traced code asks for the time.

What it does
Reports `time.time`, `time.perf_counter`, `datetime.now`, `time.sleep` and their like in code that JAX traces.

Why
The clock is read while JAX traces. The compiled function has that time as a constant, and a difference of two such
times is how long the tracing took.

    @jax.jit
    def f(x):
        start = time.perf_counter()
        y = x @ x
        return y, time.perf_counter() - start

Write instead
    start = time.perf_counter()
    jax.block_until_ready(f(x))
    seconds = time.perf_counter() - start
    f(x, now)                                             # a time as an argument

When it stays silent
Outside of traced code, in callbacks, under grad and vmap alone, where the function runs at each call.

References
https://docs.jax.dev/en/latest/benchmarking.html
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#pure-functions
""",
)

ITERATOR_IN_TRACED = Rule(
    6309,
    "jax-iterator-in-traced",
    Severity.WARNING,
    "`{code}` advances an iterator from outside of the trace while JAX traces, once, and the compiled function keeps "
    "what it gave; pass an array, or advance it outside",
    explanation="""Traced code advances an iterator that it captured.

What it does
Reports `next(it)` and loops over an iterator or generator that was made outside of the code that JAX traces.

Why
It is advanced while JAX traces. The compiled function has those items as constants, and a second trace finds the
iterator where the first left it, perhaps empty.

    batches = iter(data)
    @jax.jit
    def step(w):
        return w - next(batches)

Write instead
    step(w, next(batches))
    jax.lax.scan(step, w, jnp.stack(data))

When it stays silent
On iterators made inside of the traced function, on lists, `range` and `dict.items()`, which can be gone through again,
in callbacks, under grad and vmap alone.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#pure-functions
""",
)

ITERATOR_ARGUMENT = Rule(
    6313,
    "jax-iterator-argument",
    Severity.ERROR,
    "{transformation} takes arrays and pytrees of arrays, and {what} is none, which raises a TypeError; pass an array "
    "or a list",
    explanation="""An iterator, generator, `range` or dict view is given to a transformed function.

What it does
Reports iterators, generators, `zip`, `range`, `dict.items()` and their like as arguments of functions under jit, vmap
and grad, and as operands of scan, fori_loop, while_loop, cond and map.

Why
JAX takes pytrees apart: tuples, lists, dicts and registered classes. An iterator is none of these, so it counts as a
leaf, and it is no array: TypeError.

    jax.lax.scan(body, 0.0, zip(a, b))
    jax.jit(total)(x for x in xs)

Write instead
    jax.lax.scan(body, 0.0, (a, b))
    jax.jit(total)(list(xs))
    jax.lax.scan(body, 0, jnp.arange(3))

When it stays silent
On static arguments, on lists and tuples, and where it is not known that a value is an iterator.

References
https://docs.jax.dev/en/latest/working-with-pytrees.html
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#pure-functions
""",
)

_EFFECTS = {Effect.IO: IO_IN_TRACED, Effect.CLOCK: CLOCK_IN_TRACED, Effect.SLEEP: CLOCK_IN_TRACED}

RULES = (IO_IN_TRACED, CLOCK_IN_TRACED, ITERATOR_IN_TRACED, ITERATOR_ARGUMENT)


def is_staged(seen: Observation, made: int = 0) -> bool:
    """Whether the code runs while JAX traces, and JAX goes on with the trace instead of it.

    What was `made` inside of traces lasts no longer than they do: then only loops inside of these count.
    """
    return any(_staging(seen, made))


def is_in_loop_alone(seen: Observation, made: int = 0) -> bool:
    """Whether nothing but the bodies of loops is traced around the code, and each call of such a loop traces them again."""
    around = list(_staging(seen, made))
    return bool(around) and all(entry.repeats and not entry.kept for entry in around)


def _staging(seen: Observation, made: int) -> Iterator[TraceEntry]:
    """The traces around that JAX goes on with instead of the code."""
    if seen.frame.context.staging is not Answer.YES:
        return
    for entry in entries(seen.frame.context.entry):
        if entry.depth > made and (entry.repeats or (entry.kept and made == 0)):
            yield entry


def in_context_manager(frame: Frame | None) -> bool:
    """Whether the code belongs to entering or leaving a context, whose state is put back at its end."""
    while frame is not None:
        if frame.name in ("__enter__", "__exit__"):
            return True
        frame = frame.caller
    return False


class EffectListeners:
    """The rules about effects."""

    @listens_to(LibraryCall)
    def effect(self, call: LibraryCall) -> Iterator[Finding]:
        """A function that does more than compute."""
        effect = call.operation.effect
        rule = None if effect is None else _EFFECTS.get(effect)
        if rule is not None and is_staged(call):
            yield Finding(rule, call.node, {"code": source_of(call.node)}, because(call, UNKNOWN))

    @listens_to(IteratorAdvance)
    def advance(self, advance: IteratorAdvance) -> Iterator[Finding]:
        """`next(it)`."""
        captured = advance.made < advance.frame.context.depth
        if captured and is_staged(advance) and not in_context_manager(advance.frame):
            fills = {"code": source_of(advance.node)}
            yield Finding(ITERATOR_IN_TRACED, advance.node, fills, because(advance, UNKNOWN))

    @listens_to(TransformedCall)
    def call_argument(self, call: TransformedCall) -> Iterator[Finding]:
        """`jit(f)(iterator)`."""
        wrapper = call.transformed.transformation
        if not isinstance(wrapper, Wrapper) or wrapper.hiding not in (Hiding.HIDDEN, Hiding.PRIMAL):
            return
        for value in call.traced:
            what = _iterator_in(value)
            if what is not None:
                yield Finding(ITERATOR_ARGUMENT, call.node, {"transformation": wrapper.path, "what": what})
                return

    @listens_to(LoopCall)
    def loop_argument(self, call: LoopCall) -> Iterator[Finding]:
        """`scan(body, init, iterator)`."""
        loop: Loop = call.loop
        if loop.hiding not in (Hiding.HIDDEN, Hiding.PRIMAL):
            return
        for callee in loop.callees:
            for source in callee.takes:
                if source.source in (Source.ELEMENT, Source.COUNTER):
                    continue
                what = next(filter(None, map(_iterator_in, _given(call, source.parameter))), None)
                if what is not None:
                    yield Finding(ITERATOR_ARGUMENT, call.node, {"transformation": loop.path, "what": what})
                    return


def _given(call: LoopCall, parameter: str) -> tuple[Value, ...]:
    """What a call gives for a parameter, or for all that "*operands" takes."""
    parameters = call.loop.parameters
    if parameter.startswith("*"):
        return call.arguments.positional[parameters.index(parameter) :] if parameter in parameters else ()
    value = call.arguments.named(parameters, parameter)
    return () if value is None else (value,)


def _iterator_in(value: Value) -> str | None:
    """What is no pytree, among the leaves of a value as JAX takes it apart."""
    match value:
        case IteratorValue():
            return "an iterator"
        case View():
            return "a range or a view of a dict"
        case Tuple(items) | List(items=tuple(items)):
            children: tuple[Value, ...] = items
        case Dict(items):
            children = tuple(child for _, child in items)
        case _:
            return None
    return next((what for what in map(_iterator_in, children) if what is not None), None)
