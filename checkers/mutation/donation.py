"""Donated buffers: read again, donated twice, or donated in vain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import Gives, Hiding, Reads
from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.buffers import donated_before
from jaxlint.trace.observations import (
    BinaryOperation,
    Conversion,
    DonatingCall,
    ItemRead,
    Iteration,
    LibraryCall,
    LoopCall,
    MethodCall,
    Observation,
    TransformedCall,
    TruthTest,
)
from jaxlint.values import Array, Value
from jaxlint.values.pytree import leaves

DONATED_BUFFER_REUSE = Rule(
    6107,
    "jax-donated-buffer-reuse",
    Severity.ERROR,
    "`{code}` reads an array that was donated {place}, so its buffer is gone: bind the name to the result of that call",
    explanation="""An array is read after it was donated.

What it does
Reports reading the values of an array after it was passed at a position that `donate_argnums` or `donate_argnames`
lists: computing with it, printing it, passing it to another function, or to the same one in the next iteration.

Why
The call may use the memory of a donated argument for its results. The array is deleted, and reading it raises
(RuntimeError or ValueError).

Write instead
    params = update(params, grads)            # the old name for the new value
    before = jnp.copy(params)                 # a copy, where the old value is needed

When it stays silent
Shape and dtype stay readable. Nothing is donated inside of an outer `jit`, by NumPy arrays, by an argument that the
function does not surely need for its values (a shape, `zeros_like(x)`, a gradient, another way out of the function do
not need them), and by one that surely fits no output. A function that nobody is seen to call counts as called
outside of `jit`, since it would donate in vain there.

References
https://docs.jax.dev/en/latest/faq.html#buffer-donation
https://docs.jax.dev/en/latest/_autosummary/jax.jit.html
""",
)

DONATION = Rule(
    6108,
    "jax-donation",
    Severity.ERROR,
    "`{code}` is given the same array twice and donates it: a buffer is donated once, so pass a copy (jnp.copy)",
    explanation="""One array is donated twice in a call.

What it does
Reports a call that donates one array twice, or donates it and passes it once more; in two arguments, or in one tree.

Why
A buffer can be given away once: the call raises JaxRuntimeError, "Attempt to donate the same buffer twice".

Write instead
    target = jnp.copy(online)
    online, target = learn(online, target)
    state = jax.tree.map(jnp.copy, state)     # a tree that may hold an array twice

When it stays silent
Inside of an outer `jit` nothing is donated. Two names are taken for one array only where both are seen to be bound
to it.

References
https://docs.jax.dev/en/latest/faq.html#buffer-donation
""",
)

UNUSABLE_DONATION = Rule(
    6110,
    "jax-unusable-donation",
    Severity.REFACTOR,
    "`{code}` donates an array that fits no output, so no memory is saved: donate only what comes back changed",
    explanation="""A donated array fits no output.

What it does
Reports a call that donates an array where no output has as many bytes.

Why
A donated buffer is used for an output of as many bytes. Where there is none, `jit` gives a UserWarning, "Some
donated buffers were not usable", and nothing is saved.

Write instead
    @partial(jax.jit, donate_argnums=0)
    def update(params, batch): ...      # returns new params
and no donation for arguments that are only read.

When it stays silent
Where a shape or dtype is not known.

References
https://docs.jax.dev/en/latest/faq.html#buffer-donation
""",
)


class Donation:
    """61: what `donate_argnums` gives away."""

    rules: ClassVar[tuple[Rule, ...]] = (DONATED_BUFFER_REUSE, DONATION, UNUSABLE_DONATION)

    @listens_to(
        BinaryOperation, Conversion, ItemRead, Iteration, LibraryCall, LoopCall, MethodCall, TransformedCall, TruthTest
    )
    def reuse(self, reading: Observation) -> Iterator[Finding]:
        """Whatever looks at the values of an array."""
        if reading.frame.context.depth > 0:
            return
        for leaf in (leaf for value in _read_by(reading) for leaf in leaves(value)):
            earlier = donated_before(reading.frame, leaf)
            if earlier is not None:
                same = earlier.node is reading.node
                place = "by this call in the iteration before" if same else f"in line {earlier.node.lineno}"
                fills = {"code": source_of(reading.node), "place": place}
                yield Finding(DONATED_BUFFER_REUSE, reading.node, fills)
                return

    @listens_to(DonatingCall)
    def call(self, call: DonatingCall) -> Iterator[Finding]:
        """`f(x, x)`, and arrays that come back in no output."""
        fills = {"code": source_of(call.node)}
        kept = {leaf.buffer for value in call.others for leaf in leaves(value) if isinstance(leaf, Array)}
        donated = [array.buffer for array in call.arrays if array.buffer is not None]
        if len(set(donated)) < len(donated) or kept & set(donated):
            yield Finding(DONATION, call.node, fills)
        elif call.unusable:
            yield Finding(UNUSABLE_DONATION, call.node, fills)


def _read_by(reading: Observation) -> Iterator[Value]:
    """The values that are looked at."""
    match reading:
        case BinaryOperation(left=left, right=right):
            yield left
            yield right
        case LibraryCall(operation=operation, arguments=arguments):
            if operation.reads is not Reads.NOTHING:
                yield from arguments.all_values()
        case MethodCall(receiver=receiver, name=name, arguments=arguments):
            if name not in _ALLOWED:
                yield receiver
                yield from arguments.all_values()
        case TransformedCall(transformed=transformed, arguments=arguments):
            if getattr(transformed.transformation, "computes", True):
                yield from arguments.all_values()
        case LoopCall(loop=loop, arguments=arguments):
            # What is given to the function as it is, by `tree.map`, is read where the function reads it.
            if loop.gives is not Gives.SHAPES and loop.hiding is not Hiding.SAME:
                yield from arguments.all_values()
        case ItemRead(target=target):
            yield target
        case Conversion(value=value, name=name):
            if name not in _ALLOWED:
                yield value
        case TruthTest(value=value) | Iteration(value=value):
            yield value


_ALLOWED = frozenset({"is_deleted", "delete", "devices"})
"""Methods that a deleted array answers."""

__all__ = ["DONATED_BUFFER_REUSE", "DONATION", "UNUSABLE_DONATION", "Donation"]
