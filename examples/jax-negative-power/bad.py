import jax.numpy as jnp


def harmonic_numbers(count):
    return jnp.cumsum(jnp.arange(1, count + 1, dtype=int) ** -1)  # [jax-negative-power]


def inverse_square(count):
    return jnp.power(jnp.arange(1, count + 1, dtype=int), -2)  # [jax-negative-power]
