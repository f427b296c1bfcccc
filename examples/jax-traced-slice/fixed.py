import jax
import jax.numpy as jnp


@jax.jit
def window_mean(signal, start):
    return jax.lax.dynamic_slice_in_dim(signal, start, 3).mean()


@jax.jit
def silence_after(signal, end):
    return jnp.where(jnp.arange(signal.shape[0]) < end, signal, 0.0)
