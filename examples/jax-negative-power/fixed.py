import jax.numpy as jnp


def harmonic_numbers(count):
    return jnp.cumsum(1 / jnp.arange(1, count + 1))


def inverse_square(count):
    return jnp.arange(1, count + 1) ** -2.0
