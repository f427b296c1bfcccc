"""The shape and dtype of what a library function returns, by the rules that its row names (`jaxlint.model.avals`).

Each rule is a function of the call. What is not known of an argument is not known of the result; a call with `*args` of
unknown length tells nothing.

    jnp.sum(jnp.ones((3, 4)), axis=0)      # REDUCED, SUMMED: float32[4]
    jnp.concatenate([a, b])                # CONCATENATED, JOINED
"""

from jaxlint.trace.avals.rules import aval

__all__ = ["aval"]
