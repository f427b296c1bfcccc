import jax
import jax.numpy as jnp


@jax.jit
def sgd_step(params, x, y):
    error = x * params["slope"] + params["offset"] - y
    params["slope"] -= 0.1 * jnp.mean(error * x)  # [jax-argument-mutation]
    params["offset"] -= 0.1 * jnp.mean(error)  # [jax-argument-mutation]


def fit(x, y):
    params = {"slope": jnp.zeros(()), "offset": jnp.zeros(())}
    for _ in range(20):
        sgd_step(params, x, y)
    return params


@jax.jit
def bounce(heights):
    heights.append(0.8 * heights[-1])  # [jax-argument-mutation]


def bounces(start):
    heights = [start]
    for _ in range(3):
        bounce(heights)
    return heights
