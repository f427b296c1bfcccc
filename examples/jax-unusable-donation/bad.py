from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, donate_argnums=0)
def _first(frames):
    return frames[0]


@partial(jax.jit, donate_argnums=(0, 1))
def _shift(image, offsets):
    return image + offsets[0]


def preview(offset):
    frames = jnp.full((8, 4), offset, jnp.float32)
    return _first(frames)  # [jax-unusable-donation]


def shifted(offset):
    image = jnp.full((3, 3), offset, jnp.float32)
    return _shift(image, jnp.array([1.0, 2.0]))  # [jax-unusable-donation]
