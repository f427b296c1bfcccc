import jax
import jax.numpy as jnp


def decayed(params, rate):
    return jax.tree_map(lambda p: p * (1 - rate), params)  # [jax-removed-api]


def first_to_zero(x):
    return jax.ops.index_update(x, 0, 0.0)  # [jax-removed-api]


def area(heights):
    return jnp.trapz(heights)  # [jax-removed-api]
