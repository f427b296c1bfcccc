import jax
import jax.numpy as jnp


def entropy(p):
    safe = jnp.where(p > 0, p, 1.0)
    return -jnp.sum(jnp.where(p > 0, p * jnp.log(safe), 0.0))


def slope(p):
    return jax.grad(entropy)(p)
