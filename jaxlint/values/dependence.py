"""What an array surely is computed from: the variables of the traces that are open, and loops that run one way only.

jax.vmap(lambda x: x + y)(xs)                         # x + y is of the lane of this map, whatever y is
jax.grad(lambda w: loss(jnp.sin(w)))(w)               # sin(w) is of the variable, so that its derivative matters
jax.grad(lambda w: jax.lax.while_loop(c, b, w))(w)    # what comes out went through a loop without a way back

`Tracing` says whether an array is a tracer; under `jit` all are. This says of what. Nothing is claimed of what an
operation without a row in `jaxlint.model.derivatives` makes.
"""

from __future__ import annotations

from jaxlint.values.immutable import Symbol, immutable


class Variable(Symbol):
    """What of a trace an array is computed from."""

    LANE = "lane"  # a slice that a map takes of an argument
    DERIVATIVE = "derivative"  # what is differentiated by, by operations that have a derivative
    ONE_WAY = "one way"  # that, through a loop that reverse mode refuses


@immutable(frozen=True, slots=True)
class Origin:
    """One thing that an array is computed from: of the trace at this depth; `node` is the loop that it went through."""

    variable: Variable
    depth: int
    node: object = None


NOWHERE: frozenset[Origin] = frozenset()
"""Nothing is known of where an array comes from."""


def lanes(origins: frozenset[Origin]) -> frozenset[Origin]:
    """What is left where an operation has no derivative: comparisons, rounding."""
    return frozenset(origin for origin in origins if origin.variable is Variable.LANE)


def within(origins: frozenset[Origin], depth: int) -> frozenset[Origin]:
    """What is left when all traces deeper than this are closed."""
    return frozenset(origin for origin in origins if origin.depth <= depth) if origins else NOWHERE


def derivatives(origins: frozenset[Origin]) -> list[int]:
    """The depths of the traces by whose variable a derivative goes through the array."""
    return sorted(origin.depth for origin in origins if origin.variable is Variable.DERIVATIVE)
