"""Flax nnx: modules with state, and what JAX's own transformations do with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import Wrapper
from jaxlint.rules import Finding, Rule, Severity, because, listens_to
from jaxlint.trace.liveness import is_used_after
from jaxlint.trace.observations import Escape, Target, TransformedCall
from jaxlint.values import UNKNOWN, Instance
from jaxlint.values.objects import keeps_state

NNX_CAPTURED = Rule(
    7006,
    "jax-nnx-captured",
    Severity.ERROR,
    "`{name}` comes from outside of the trace, and cannot be changed in it: pass the module as an argument, under nnx's own "
    "transformation",
    explanation="""Traced code changes an nnx module that it captured.

What it does
Reports a write to an attribute or a Variable of an nnx module that was made outside of the innermost trace and does not
come in as an argument, under whichever transformation. And such a module given to one of nnx's own transformations, which
write back into it whatever their function does.

Why
Flax lets a module be changed only at the trace level at which it was made, and raises TraceContextError, or ValueError.

    @jax.jit
    def step(x):
        model.count.value += 1
        return model(x)

Write instead
    @nnx.jit
    def step(model, x):
        model.count.value += 1
        return model(x)

When it stays silent
On modules that are made inside of the trace or merged there, on arguments of nnx's transformations, on reading. Changes
of an argument of JAX's own transformations are jax-nnx-transform.

References
https://flax.readthedocs.io/en/latest/guides/transforms.html
https://flax.readthedocs.io/en/latest/api_reference/flax.errors.html#flax.errors.TraceContextError
""",
)

NNX_TRANSFORM = Rule(
    7007,
    "jax-nnx-transform",
    Severity.WARNING,
    "`{name}` is a copy here, and the change is lost: use nnx's own transformation (nnx.jit, nnx.scan, …), or nnx.split and "
    "return the state",
    explanation="""A change of an nnx module is lost, because a transformation of JAX was given the module.

What it does
Reports a write to an attribute or a Variable of an nnx module that is an argument of a function under `jax.jit`, `jax.vmap`,
`jax.grad`, `jax.lax.scan`, and is not looked at again after it.

Why
JAX takes the module apart and builds a copy of tracers for the function; what is written into the copy does not reach the
module of the caller. No error tells so: batch statistics, counters and optimizers stay what they were.

    @jax.jit
    def step(model, x):
        model.count.value += 1                            # the caller's stays 0
        return model(x)

Write instead
    @nnx.jit
    def step(model, x): ...
    graph, state = nnx.split(model)                       # or by hand
    return y, nnx.state(nnx.merge(graph, state))

When it stays silent
Where the module is used or returned after the change, under nnx's transformations, and where it is merged inside.

References
https://flax.readthedocs.io/en/latest/guides/transforms.html
https://flax.readthedocs.io/en/latest/guides/jax_and_nnx_transforms.html
""",
)


class Nnx:
    """70: changes of modules under a trace."""

    rules: ClassVar[tuple[Rule, ...]] = (NNX_CAPTURED, NNX_TRANSFORM)

    @listens_to(Escape)
    def changed(self, escape: Escape) -> Iterator[Finding]:
        """Traced code changes an object with state."""
        if not keeps_state(escape.owner) or escape.place is None:
            return
        fills = {"name": escape.name}
        if escape.target is Target.ATTRIBUTE:
            yield Finding(NNX_CAPTURED, escape.node, fills, because(escape, UNKNOWN))
        elif escape.target is Target.ARGUMENT and not is_used_after(escape.frame, escape.node, escape.place):
            yield Finding(NNX_TRANSFORM, escape.node, fills, because(escape, UNKNOWN))

    @listens_to(TransformedCall)
    def passed(self, call: TransformedCall) -> Iterator[Finding]:
        """A captured module is given to a transformation of nnx's, which writes back what its function leaves in it."""
        depth, wrapper = call.frame.context.depth, call.transformed.transformation
        if not isinstance(wrapper, Wrapper) or not wrapper.updates or depth == 0:
            return
        for value, place in zip(call.arguments.positional, call.arguments.nodes, strict=False):
            outside = isinstance(value, Instance) and value.made is not None and value.made < depth
            if outside and keeps_state(value):
                yield Finding(NNX_CAPTURED, call.node, {"name": place.as_string()}, because(call, UNKNOWN))
                return


__all__ = ["NNX_CAPTURED", "NNX_TRANSFORM", "Nnx"]
