import jax as jnp  # [jax-misleading-alias]


def kinetic_energy(mass, velocity):
    return 0.5 * mass * jnp.sum(velocity**2)


def step(height):
    return jnp.where(height > 0, 1.0, 0.0)
