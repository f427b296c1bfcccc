"""Haiku: modules, parameters and keys stand around a function, which `hk.transform` is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import ArrayResult, KeyResult, LibraryClass, Maker
from jaxlint.rules import CERTAIN, Because, Finding, Rule, Severity, chain, listens_to, source_of
from jaxlint.trace.frame import Frame
from jaxlint.trace.observations import LibraryCall, OutsideFramework
from jaxlint.values import External, Instance, TraceEntry
from jaxlint.values.provenance import entries

HAIKU_UNTRANSFORMED = Rule(
    7004,
    "jax-haiku-untransformed",
    Severity.ERROR,
    "`{name}` is used outside of a function that hk.transform was given: transform the function, and call its apply",
    explanation="""Haiku is used outside of `hk.transform`.

What it does
Reports a module that is made, and `hk.get_parameter`, `hk.get_state`, `hk.set_state`, `hk.next_rng_key` and their
relatives that are called, where all callers are in view and none of them is a transformed function.

Why
Parameters, state and keys stand around the call of a transformed function. Elsewhere there are none, and Haiku raises
ValueError.

    layer = hk.Linear(10)
    y = layer(x)

Write instead
    network = hk.transform(lambda x: hk.Linear(10)(x))
    params = network.init(key, x)
    y = network.apply(params, None, x)

When it stays silent
In functions of which not all callers are in view: whoever calls them may be transformed. Functions of Haiku that need
nothing around them, `hk.max_pool` or `hk.initializers`, may be called anywhere.

References
https://dm-haiku.readthedocs.io/en/latest/api.html#haiku-transforms
https://dm-haiku.readthedocs.io/en/latest/notebooks/basics.html
""",
)

HAIKU_JAX_TRANSFORM = Rule(
    7011,
    "jax-haiku-jax-transform",
    Severity.WARNING,
    "`{code}` makes parameters inside of {transformation}: tracers leak out of init; use {instead}, or make them before",
    explanation="""A transformation of JAX around code that makes Haiku's parameters.

What it does
Reports `hk.get_parameter`, `hk.get_state` and layers that are made and called in a function under `jax.jit`,
`jax.checkpoint`, `lax.scan`, `cond` and their like, where these stand inside of the function that `hk.transform` was given,
and its `init` is called.

Why
`init` keeps what the function makes. Inside of a transformation that is a tracer, which `init` returns without a word:
whoever computes with it, or saves it, gets an UnexpectedTracerError, unless it is a constant.

    @hk.transform
    def network(x):
        return jax.checkpoint(lambda x: hk.Linear(10)(x))(x)

Write instead
        return hk.remat(lambda x: hk.Linear(10)(x))(x)    # hk.cond, hk.switch, hk.scan, …
        if hk.running_init(): …                           # without the transformation
    params = jax.jit(network.init)(key, x)                # jit around the whole

When it stays silent
For `jax.vmap` and `jax.grad`, which keep nothing; where `init` is not called in view, or `hk.running_init` keeps the code
from it; for layers that were made outside of the transformation, which may have their parameters already.

References
https://dm-haiku.readthedocs.io/en/latest/notebooks/transforms.html
https://dm-haiku.readthedocs.io/en/latest/api.html#haiku-transforms
""",
)

HAIKU_REPEATED_KEY = Rule(
    7013,
    "jax-haiku-repeated-key",
    Severity.WARNING,
    "`{code}` gives the same key in each step of {transformation}, whose body is traced once: use {instead}, or pass the "
    "keys in",
    explanation="""A key of Haiku's in a loop of JAX.

What it does
Reports `hk.next_rng_key()` and `hk.next_rng_keys(n)` in the body of `lax.scan`, `fori_loop`, `while_loop` or `map` inside of
a transformed function.

Why
The body is traced once, so that one key is taken from Haiku's sequence and stands in the program for all steps: each step
draws the same numbers.

    def step(carry, x):
        return carry, x + jax.random.normal(hk.next_rng_key())
    _, ys = jax.lax.scan(step, 0.0, xs)

Write instead
    _, ys = hk.scan(step, 0.0, xs)
    keys = jax.random.split(hk.next_rng_key(), len(xs))   # and scan over them

When it stays silent
For Haiku's own `hk.scan`, `hk.fori_loop`, …, outside of loops, and where it is not known what calls the function.

References
https://dm-haiku.readthedocs.io/en/latest/notebooks/transforms.html
https://dm-haiku.readthedocs.io/en/latest/api.html#random-number-generators
""",
)


class Haiku:
    """70: what Haiku's functions need around them."""

    rules: ClassVar[tuple[Rule, ...]] = (HAIKU_UNTRANSFORMED, HAIKU_JAX_TRANSFORM, HAIKU_REPEATED_KEY)

    @listens_to(LibraryCall)
    def made_in_trace(self, call: LibraryCall) -> Iterator[Finding]:
        """`jax.jit(lambda x: hk.Linear(3)(x))(x)` in a function whose `init` is called."""
        result = call.operation.result
        if not call.frame.context.initialising or not isinstance(result, ArrayResult) or not result.held:
            return
        entry = _foreign(call, lambda entry: entry.stages)
        if entry is not None and _is_made_within(call, entry.depth):
            yield Finding(HAIKU_JAX_TRANSFORM, call.node, _fills(call, entry), chain(call.frame, entry))

    @listens_to(LibraryCall)
    def same_key(self, call: LibraryCall) -> Iterator[Finding]:
        """`hk.next_rng_key()` in the body of `lax.scan`."""
        result = call.operation.result
        if isinstance(result, KeyResult) and result.held:
            entry = _foreign(call, lambda entry: entry.repeats)
            if entry is not None:
                yield Finding(HAIKU_REPEATED_KEY, call.node, _fills(call, entry), chain(call.frame, entry))

    @listens_to(OutsideFramework)
    def untransformed(self, outside: OutsideFramework) -> Iterator[Finding]:
        """A module is made, or a parameter asked for, where nothing is transformed."""
        if isinstance(outside.within, Maker) and not _in_module(outside.frame):
            yield Finding(HAIKU_UNTRANSFORMED, outside.node, {"name": outside.name}, _called(outside.frame))


def _foreign(call: LibraryCall, is_meant: Callable[[TraceEntry], bool]) -> TraceEntry | None:
    """The outermost such trace inside of the framework's call that a transformation of another library opened."""
    context, found = call.frame.context, None
    for entry in entries(context.entry if context.framed is not None else None):
        if context.framed is None or entry.depth <= context.framed:
            break
        if is_meant(entry) and _library(entry.transformation) != _library(call.operation.path):
            found = entry
    return found


def _library(path: str) -> str:
    return path.partition(".")[0]


def _fills(call: LibraryCall, entry: TraceEntry) -> dict[str, str]:
    name = {"checkpoint": "remat"}.get(entry.transformation.rpartition(".")[2], entry.transformation.rpartition(".")[2])
    instead = "jax.jit around init and apply" if name == "jit" else f"hk.{name}"
    return {"code": source_of(call.node), "transformation": entry.transformation, "instead": instead}


def _is_made_within(call: LibraryCall, depth: int) -> bool:
    """Whether the object that keeps the parameters was made inside of the trace at this depth, so that it has none yet."""
    if isinstance(call.receiver, Instance):
        return call.receiver.made is not None and call.receiver.made >= depth
    frame: Frame | None = call.frame
    while frame is not None and frame.function is not None and frame.traces >= depth:
        tree = frame.function.node
        if frame.owner is not None and tree.args.args:
            own = frame.env.get(tree.args.args[0].name)
            return isinstance(own, Instance) and own.made is not None and own.made >= depth
        if isinstance(tree, nodes.Lambda) and isinstance(tree.parent, nodes.Call):
            return True  # nobody else can have called it
        frame = frame.caller
    return False


def _in_module(frame: Frame | None) -> bool:
    """Whether a module's method is walked: the trouble began where the module was made."""
    while frame is not None:
        bases = frame.owner.mro if frame.owner is not None else ()
        rows = [base.meaning for base in bases if isinstance(base, External)]
        if any(isinstance(row, LibraryClass) and row.within for row in rows):
            return True
        frame = frame.caller
    return False


def _called(frame: Frame) -> Because:
    """How the code is reached from the body of a module."""
    calls = []
    while frame.caller is not None and frame.call_node is not None:
        calls.append(f"{frame.name} called at line {frame.call_node.lineno}")
        frame = frame.caller
    return Because(", ".join(calls[:2])) if calls else CERTAIN


__all__ = ["HAIKU_JAX_TRANSFORM", "HAIKU_REPEATED_KEY", "HAIKU_UNTRANSFORMED", "Haiku"]
