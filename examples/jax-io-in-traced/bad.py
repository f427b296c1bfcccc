from functools import partial

import jax
import jax.numpy as jnp
import numpy as np


@partial(jax.jit, static_argnames="log")
def sgd_step(weights, x, y, log):
    error = x @ weights - y
    with open(log, "a") as file:  # [jax-io-in-traced]
        file.write(f"{jnp.mean(error**2)}\n")
    return weights - 0.1 * error @ x


def train(weights, x, y, log):
    """Three steps of gradient descent, with the losses in the file `log`."""
    for _ in range(3):
        weights = sgd_step(weights, x, y, log)
    return weights


@partial(jax.jit, static_argnames="path")
def diffuse(heat, path):
    """Four steps of diffusion on a ring; the latest state is in the file `path`."""

    def step(i, heat):
        heat = 0.5 * heat + 0.25 * (jnp.roll(heat, 1) + jnp.roll(heat, -1))
        np.save(path, heat)  # [jax-io-in-traced]
        return heat

    return jax.lax.fori_loop(0, 4, step, heat)
