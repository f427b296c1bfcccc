import jax
import jax.numpy as jnp


@jax.jit
def damped(position, damping):
    if jnp.ndim(damping) == 0:
        damping = jnp.array([damping, damping])
        return position * damping
    return position


@jax.jit
def length(vector):
    if jnp.ndim(vector) == 1:
        return jnp.sqrt(jnp.sum(vector**2))
    return jnp.abs(vector)
