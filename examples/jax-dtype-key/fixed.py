import jax
import jax.numpy as jnp

SMALLEST = {jnp.dtype("float32"): 1e-6, jnp.dtype("float16"): 1e-3}


@jax.jit
def unit(x):
    return x / (jnp.linalg.norm(x) + SMALLEST[x.dtype])


WIDER = {"float16": jnp.float32, "int8": jnp.int32}


@jax.jit
def total(x):
    return jnp.sum(x.astype(WIDER[x.dtype.name]))
