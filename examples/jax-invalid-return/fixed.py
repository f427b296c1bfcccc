import jax
import jax.numpy as jnp


@jax.jit
def _measure(x):
    return {"loss": jnp.mean(x**2)}


@jax.jit
def _fit(x, y):
    return jnp.sum(x * y) / jnp.sum(x * x)


def measured(x):
    return _measure(x)["loss"]


def predicted(x, y):
    slope = _fit(x, y)
    return slope * x
