import jax
import jax.numpy as jnp


def relu(x):
    return jax.lax.cond(x > 0, lambda v: v, jnp.zeros_like, jnp.float32(x))


def split(x):
    return jax.lax.cond(x[0] > 0, lambda v: (v, -v), lambda v: (-v, v), x)
