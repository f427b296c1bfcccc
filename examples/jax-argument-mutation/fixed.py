import jax
import jax.numpy as jnp


@jax.jit
def sgd_step(params, x, y):
    error = x * params["slope"] + params["offset"] - y
    return {
        "slope": params["slope"] - 0.1 * jnp.mean(error * x),
        "offset": params["offset"] - 0.1 * jnp.mean(error),
    }


def fit(x, y):
    params = {"slope": jnp.zeros(()), "offset": jnp.zeros(())}
    for _ in range(20):
        params = sgd_step(params, x, y)
    return params


@jax.jit
def bounce(height):
    return 0.8 * height


def bounces(start):
    heights = [start]
    for _ in range(3):
        heights.append(bounce(heights[-1]))
    return heights
