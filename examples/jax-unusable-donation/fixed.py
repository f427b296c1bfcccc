from functools import partial

import jax
import jax.numpy as jnp


@jax.jit
def _first(frames):
    return frames[0]


@partial(jax.jit, donate_argnums=0)
def _shift(image, offsets):
    return image + offsets[0]


def preview(offset):
    frames = jnp.full((8, 4), offset, jnp.float32)
    return _first(frames)


def shifted(offset):
    image = jnp.full((3, 3), offset, jnp.float32)
    return _shift(image, jnp.array([1.0, 2.0]))
