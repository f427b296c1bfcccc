import jax.numpy as jnp


def seconds_left(elapsed):
    return 1e10 - jnp.floor(elapsed)


def light_years(meters):
    return meters / jnp.array(9_460_730_472_580_800, dtype=float)
