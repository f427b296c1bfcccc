from functools import partial

import jax
import jax.numpy as jnp


def _total(x, factor):
    return jnp.sum(x) * factor


def _scaled(x, *, power):
    return x * 2**power


def twice(x):
    return jax.jit(_total, static_argnames="factors")(x, factor=2)  # [jax-invalid-static-argument]


def doubled(x):
    fast = partial(jax.jit, static_argnums=1)(_scaled)  # [jax-invalid-static-argument]
    return fast(x, power=1)
