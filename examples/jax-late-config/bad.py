import os

import jax.numpy as jnp

os.environ["JAX_ENABLE_X64"] = "1"  # [jax-late-config]


def elapsed(start, tick):
    clock = jnp.asarray(start)
    return (clock + tick) - clock
