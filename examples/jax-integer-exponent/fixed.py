import jax.numpy as jnp


def half_lives(count):
    return 2.0 ** -jnp.arange(count)


def decimals(digits):
    places = jnp.arange(digits.shape[0])
    return jnp.sum(digits * 10.0 ** -places)
