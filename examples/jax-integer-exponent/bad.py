import jax.numpy as jnp


def half_lives(count):
    return 2 ** -jnp.arange(count, dtype=int)  # [jax-integer-exponent]


def decimals(digits):
    places = jnp.arange(digits.shape[0])
    return jnp.sum(digits * 10 ** -places)  # [jax-integer-exponent]
