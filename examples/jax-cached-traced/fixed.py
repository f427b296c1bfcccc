from functools import cache

import jax
import jax.numpy as jnp
import numpy as np


def rotation(angle):
    cos, sin = jnp.cos(angle), jnp.sin(angle)
    return jnp.array([[cos, sin], [-sin, cos]])


@jax.jit
def rotate(points, angle):
    return points @ rotation(angle)


@cache
def offsets(size):
    return np.arange(size) - size // 2


def kernel(size, width):
    weights = jnp.exp(-((offsets(size) / width) ** 2))
    return weights / weights.sum()


@jax.jit
def smooth(signal, width):
    return jnp.convolve(signal, kernel(5, width), mode="same")
