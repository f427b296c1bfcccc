"""Waiting for devices and copying to the host, in code that is traced: there is nothing to wait for yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import Attr, Library
from jaxlint.rules import Finding, Rule, Severity, because, is_tracer, listens_to, source_of
from jaxlint.trace.observations import LibraryCall, MethodCall
from jaxlint.values.pytree import tracer_in

TRANSFER_IN_TRACED = Rule(
    6907,
    "jax-transfer-in-traced",
    Severity.ERROR,
    "`{code}` asks a tracer for its device or buffer, which has none: do it where the traced function is called",
    explanation="""A traced value is asked for its buffer or device.

What it does
Reports `x.block_until_ready()`, `x.copy_to_host_async()`, `x.is_ready()` and the other methods about buffers, of a value
that is traced under any transformation.

Why
Tracers have no buffer, on no device. These methods do not exist on them: AttributeError.

    @jax.jit
    def step(x):
        y = jnp.sin(x)
        y.block_until_ready()
        return y

Write instead
    step(x).block_until_ready()                           # outside

When it stays silent
On arrays that are not traced, in callbacks, and where it is not known whether a value is traced.

References
https://docs.jax.dev/en/latest/async_dispatch.html
https://docs.jax.dev/en/latest/_autosummary/jax.Array.block_until_ready.html
""",
)

WAIT_IN_TRACED = Rule(
    6908,
    "jax-wait-in-traced",
    Severity.WARNING,
    "`{code}` does nothing here: it hands the tracer back; wait or fetch where the traced function is called",
    explanation="""Traced code waits for a value, or fetches it.

What it does
Reports `jax.block_until_ready(x)` and `jax.device_get(x)` of values that are traced under any transformation.

Why
There is nothing to wait for, and nothing to fetch, while JAX traces. Both functions return the tracer as it is: what comes
after them is no NumPy array, and what was to be timed is not finished.

    @jax.jit
    def step(x):
        return jax.device_get(jnp.sin(x))                 # a tracer, not an array of NumPy

Write instead
    y = jax.device_get(step(x))                           # outside

When it stays silent
On values that are not traced, in callbacks, and where that is not known.

References
https://docs.jax.dev/en/latest/_autosummary/jax.block_until_ready.html
https://docs.jax.dev/en/latest/_autosummary/jax.device_get.html
""",
)


class Waiting:
    """69: what concerns devices, under a trace."""

    rules: ClassVar[tuple[Rule, ...]] = (TRANSFER_IN_TRACED, WAIT_IN_TRACED)

    @listens_to(MethodCall)
    def method(self, call: MethodCall) -> Iterator[Finding]:
        """A method that tracers do not have."""
        if call.meaning is not None and Attr.MISSING_ON_TRACER in call.meaning.flags and is_tracer(call.receiver):
            yield Finding(TRANSFER_IN_TRACED, call.node, {"code": source_of(call.node)}, because(call, call.receiver))

    @listens_to(LibraryCall)
    def function(self, call: LibraryCall) -> Iterator[Finding]:
        """A function that hands tracers back."""
        if not call.operation.waits or call.operation.library is not Library.JAX:
            return
        given = call.arguments.named(call.operation.parameters, "x")
        found = tracer_in(given) if given is not None else None
        if found is not None:
            yield Finding(WAIT_IN_TRACED, call.node, {"code": source_of(call.node)}, because(call, found))


__all__ = ["TRANSFER_IN_TRACED", "WAIT_IN_TRACED", "Waiting"]
