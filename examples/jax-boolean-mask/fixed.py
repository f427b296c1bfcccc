import jax
import jax.numpy as jnp


@jax.jit
def positive_sum(values):
    return values.sum(where=values > 0)


@jax.jit
def without_gaps(signal):
    return jnp.where(jnp.isnan(signal), 0.0, signal)
