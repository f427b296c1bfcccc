import jax
import jax.numpy as jnp

SMALLEST = {jnp.float32: 1e-6, jnp.float16: 1e-3}


@jax.jit
def unit(x):
    return x / (jnp.linalg.norm(x) + SMALLEST[x.dtype])  # [jax-dtype-key]


WIDER = {jnp.float16: jnp.float32, jnp.int8: jnp.int32}


@jax.jit
def total(x):
    return jnp.sum(x.astype(WIDER[x.dtype]))  # [jax-dtype-key]
