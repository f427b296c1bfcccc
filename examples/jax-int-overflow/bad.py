import jax.numpy as jnp


def seconds_left(elapsed):
    return 10_000_000_000 - jnp.floor(elapsed)  # [jax-int-overflow]


def light_years(meters):
    return meters / jnp.array(9_460_730_472_580_800)  # [jax-int-overflow]
