import jax
import jax.numpy as jnp


def relu(x):
    return jax.lax.cond(x > 0, lambda v: v, lambda v: 0, jnp.float32(x))  # [jax-branch-mismatch]


def split(x):
    return jax.lax.cond(x[0] > 0, lambda v: (v, -v), lambda v: -v, x)  # [jax-branch-mismatch]
