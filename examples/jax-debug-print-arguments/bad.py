import jax
import jax.numpy as jnp


@jax.jit
def normalise(weights):
    total = jnp.sum(weights)
    jax.debug.print("total", total)  # [jax-debug-print-arguments]
    return weights / total


@jax.jit
def mean_energy(velocities):
    energy = 0.5 * jnp.mean(velocities**2)
    jax.debug.print("energy {energy}", e=energy)  # [jax-debug-print-arguments]
    return energy
