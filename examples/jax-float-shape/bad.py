import jax
import jax.numpy as jnp


@jax.jit
def halves(values):
    return values.reshape(2, values.shape[0] / 2).sum(axis=1)  # [jax-float-shape]


@jax.jit
def padded(values, share=0.5):
    room = jnp.zeros((values.shape[0] / 2,))  # [jax-float-shape]
    return jnp.concatenate([values, room]) * share
