from functools import cache, lru_cache

import jax
import jax.numpy as jnp


@lru_cache(maxsize=16)
def rotation(angle):
    cos, sin = jnp.cos(angle), jnp.sin(angle)
    return jnp.array([[cos, sin], [-sin, cos]])


@jax.jit
def rotate(points, angle):
    return points @ rotation(angle)  # [jax-cached-traced]


@cache
def kernel(size, width):
    offsets = jnp.arange(size) - size // 2
    weights = jnp.exp(-((offsets / width) ** 2))
    return weights / weights.sum()


@jax.jit
def smooth(signal, width):
    return jnp.convolve(signal, kernel(5, width), mode="same")  # [jax-cached-traced]
