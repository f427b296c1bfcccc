import jax
import jax.numpy as jnp


@jax.jit
def done(step, fallen):
    return step >= 500 | fallen  # [jax-bitwise-precedence]


@jax.jit
def hits(label, predicted):
    """How many of the ones were predicted."""
    return jnp.sum(label == 1 & predicted)  # [jax-bitwise-precedence]
