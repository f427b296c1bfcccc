import math

import jax
import jax.numpy as jnp


@jax.jit
def perplexity(losses):
    return math.exp(jnp.mean(losses))  # [jax-traced-conversion]


@jax.jit
def quantise(voltage, step):
    return int(voltage / step) * step  # [jax-traced-conversion]
