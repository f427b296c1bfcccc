import jax
import jax.numpy as jnp
import numpy as np


@jax.jit
def damped(position, damping):
    if isinstance(damping, float):  # [jax-instance-check]
        damping = jnp.array([damping, damping])
        return position * damping
    return position


@jax.jit
def length(vector):
    if isinstance(vector, np.ndarray):  # [jax-instance-check]
        return jnp.sqrt(jnp.sum(vector**2))
    return jnp.abs(vector)
