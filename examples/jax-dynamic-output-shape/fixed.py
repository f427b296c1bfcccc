import jax
import jax.numpy as jnp


@jax.jit
def hits(values):
    return values.sum(where=values != 0)


@jax.jit
def histogram(labels):
    return jnp.bincount(labels, length=4)
