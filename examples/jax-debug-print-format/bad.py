import jax
import jax.numpy as jnp


@jax.jit
def euler_step(position, velocity, dt):
    position = position + dt * velocity
    jax.debug.print(f"position {position}")  # [jax-debug-print-format]
    return position


@jax.jit
def normalise(weights):
    total = jnp.sum(weights)
    jax.debug.print("total %s" % total)  # [jax-debug-print-format]
    return weights / total
