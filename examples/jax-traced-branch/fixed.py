from functools import partial

import jax
import jax.numpy as jnp


@jax.jit
def huber(error, delta):
    size = jnp.abs(error)
    return jnp.where(size <= delta, 0.5 * error**2, delta * (size - 0.5 * delta))


@jax.jit
def bounce(position, velocity, dt):
    position = position + dt * velocity
    velocity = jnp.where(position < 0, -0.9 * velocity, velocity)
    return jnp.abs(position), velocity


@partial(jax.jit, static_argnames="training")
def normalise(x, mean, training):
    if training:
        mean = 0.9 * mean + 0.1 * x.mean(axis=0)
    return x - mean, mean
