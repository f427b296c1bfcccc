import jax
import jax.numpy as jnp


def entropy(p):
    return -jnp.sum(jnp.where(p > 0, p * jnp.log(p), 0.0))  # [jax-where-gradient]


def slope(p):
    return jax.grad(entropy)(p)
