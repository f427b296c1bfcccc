import jax.numpy as jnp


def kinetic_energy(mass, velocity):
    return 0.5 * mass * jnp.sum(velocity**2)


def step(height):
    return jnp.where(height > 0, 1.0, 0.0)
