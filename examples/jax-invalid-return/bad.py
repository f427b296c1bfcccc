import jax
import jax.numpy as jnp


@jax.jit  # [jax-invalid-return]
def _measure(x):
    return {"loss": jnp.mean(x**2), "unit": "m"}


@jax.jit  # [jax-invalid-return]
def _fit(x, y):
    slope = jnp.sum(x * y) / jnp.sum(x * x)
    return lambda new: slope * new


def measured(x):
    return _measure(x)["loss"]


def predicted(x, y):
    model = _fit(x, y)
    return model(x)
