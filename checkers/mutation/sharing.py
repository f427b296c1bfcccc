"""NumPy memory that JAX may still look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.observations import BufferWrite

ALIASED_BUFFER_MUTATION = Rule(
    6106,
    "jax-aliased-buffer-mutation",
    Severity.WARNING,
    "`{code}` writes into a NumPy array that {handed}, so the write may show there: {write}",
    explanation="""A NumPy array is written to while JAX may look at it.

What it does
Reports writing into a NumPy array (an item, a view, `+=`, `fill`, `np.copyto`, ...) after it was handed to
`jax.device_put` or `from_dlpack`, or to a jitted call that the program has not waited for.

Why
`device_put` and `from_dlpack` may use the memory of the NumPy array, `may_alias=False` or not. A jitted call returns
before it has run, and may read its arguments later. Whether the write shows depends on alignment and timing.

Write instead
    x = jax.device_put(host.copy())            # a copy is JAX's own
    y = step(buffer).block_until_ready()       # wait before the buffer is filled again
or a fresh buffer for each step.

When it stays silent
Arrays that JAX converts (float64, int64) are copied. Any conversion of a result (`float(y)`, `np.asarray(y)`), print,
and any call of an unknown function with an array counts as waiting.

References
https://docs.jax.dev/en/latest/_autosummary/jax.device_put.html
https://docs.jax.dev/en/latest/async_dispatch.html
""",
)


class Sharing:
    """61: host memory in use."""

    rules: ClassVar[tuple[Rule, ...]] = (ALIASED_BUFFER_MUTATION,)

    @listens_to(BufferWrite)
    def write(self, write: BufferWrite) -> Iterator[Finding]:
        """`host[0] = 1` after `jax.device_put(host)`."""
        line = write.handed.lineno
        handed = f"a JAX array shares (line {line})" if write.shares else f"a computation may still read (line {line})"
        advice = "hand over a copy" if write.shares else "hand over a copy, or wait for the result first"
        yield Finding(
            ALIASED_BUFFER_MUTATION, write.node, {"code": source_of(write.node), "handed": handed, "write": advice}
        )


__all__ = ["ALIASED_BUFFER_MUTATION", "Sharing"]
