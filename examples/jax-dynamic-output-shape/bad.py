import jax
import jax.numpy as jnp


@jax.jit
def hits(values):
    return values[jnp.nonzero(values)[0]].sum()  # [jax-dynamic-output-shape]


@jax.jit
def histogram(labels):
    return jnp.bincount(labels)  # [jax-dynamic-output-shape]
