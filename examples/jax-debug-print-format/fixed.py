import jax
import jax.numpy as jnp


@jax.jit
def euler_step(position, velocity, dt):
    position = position + dt * velocity
    jax.debug.print("position {position}", position=position)
    return position


@jax.jit
def normalise(weights):
    total = jnp.sum(weights)
    jax.debug.print("total {}", total)
    return weights / total
