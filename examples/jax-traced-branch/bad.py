import jax
import jax.numpy as jnp


@jax.jit
def huber(error, delta):
    if jnp.abs(error) <= delta:  # [jax-traced-branch]
        return 0.5 * error**2
    return delta * (jnp.abs(error) - 0.5 * delta)


@jax.jit
def bounce(position, velocity, dt):
    position = position + dt * velocity
    velocity = -0.9 * velocity if position < 0 else velocity  # [jax-traced-branch]
    return jnp.abs(position), velocity


@jax.jit
def normalise(x, mean, training):
    if training:  # [jax-traced-branch]
        mean = 0.9 * mean + 0.1 * x.mean(axis=0)
    return x - mean, mean


def first_step(x, mean):
    return normalise(x, mean, True)
