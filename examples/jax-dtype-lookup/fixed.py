import jax.numpy as jnp

HALF = {jnp.dtype(jnp.float16), jnp.dtype(jnp.bfloat16)}


def safe_sum(x):
    if x.dtype in HALF:
        x = x.astype(jnp.float32)
    return jnp.sum(x)
