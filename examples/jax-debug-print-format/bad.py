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
    jax.debug.print("total", total)  # [jax-debug-print-format]
    return weights / total


@jax.jit
def mean_energy(velocities):
    energy = 0.5 * jnp.mean(velocities**2)
    jax.debug.print("energy {energy}", e=energy)  # [jax-debug-print-format]
    return energy
