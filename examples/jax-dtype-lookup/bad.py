import jax.numpy as jnp

HALF = {jnp.float16, jnp.bfloat16}


def safe_sum(x):
    if x.dtype in HALF:  # [jax-dtype-lookup]
        x = x.astype(jnp.float32)
    return jnp.sum(x)
