import jax
import jax.numpy as jnp


@jax.jit
def positive_sum(values):
    return values[values > 0].sum()  # [jax-boolean-mask]


@jax.jit
def without_gaps(signal):
    return signal.at[jnp.isnan(signal)].set(0.0)  # [jax-boolean-mask]
