import jax
import jax.numpy as jnp


@jax.jit
def _pool(x, how):
    return x.max() if how == "max" else x.mean()


@jax.jit
def _apply(layer, x):
    return layer(x)


def pooled(x):
    return _pool(x, "max")  # [jax-non-array-argument]


def activated(x):
    return _apply(jnp.tanh, x)  # [jax-non-array-argument]
