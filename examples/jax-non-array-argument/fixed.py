from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="how")
def _pool(x, how):
    return x.max() if how == "max" else x.mean()


@partial(jax.jit, static_argnums=0)
def _apply(layer, x):
    return layer(x)


def pooled(x):
    return _pool(x, "max")


def activated(x):
    return _apply(jnp.tanh, x)
