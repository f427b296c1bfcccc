import jax
import jax.numpy as jnp


def slope_by_rate(x):
    return jax.grad(lambda rate: rate * x, argnums=1)(x)  # [jax-argnums]


def scaled(rows):
    return jax.vmap(lambda row, factor: row * factor)(rows * jnp.ones((3, 1)), 2.0)  # [jax-argnums]
