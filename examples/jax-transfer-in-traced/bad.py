import jax
import jax.numpy as jnp


@jax.jit
def smooth(signal):
    mean = jnp.convolve(signal, jnp.ones(3) / 3, mode="same")
    mean.block_until_ready()  # [jax-transfer-in-traced]
    return signal - mean


def _energy(velocity):
    energy = 0.5 * jnp.sum(velocity**2)
    energy.copy_to_host_async()  # [jax-transfer-in-traced]
    return energy


def momentum(velocity):
    return jax.grad(_energy)(velocity)
