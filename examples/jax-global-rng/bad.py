import random

import jax
import jax.numpy as jnp
import numpy as np

RNG = np.random.default_rng(0)


@jax.jit
def add_noise(signal, scale):
    return signal + scale * np.random.normal(size=signal.shape)  # [jax-global-rng]


@jax.jit
def maybe_flip(image):
    return image[:, ::-1] if random.random() < 0.5 else image  # [jax-global-rng]


@jax.jit
def dropout(activations):
    keep = RNG.random(activations.shape) < 0.8  # [jax-global-rng]
    return jnp.where(keep, activations / 0.8, 0.0)
