from functools import partial

import jax
import jax.numpy as jnp
import numpy as np


@jax.jit
def wave(times, frequency):
    return jnp.sin(2 * np.pi * frequency * times)


@jax.jit
def spectrum(signal):
    window = np.hanning(len(signal))
    return jnp.fft.rfft(window * signal)


def softmax(scores, mesh):
    """Of scores that the devices of `mesh` share."""

    @partial(jax.shard_map, mesh=mesh, in_specs=jax.P("devices"), out_specs=jax.P("devices"))
    def share(part):
        weights = jnp.exp(part)
        return weights / jax.lax.psum(weights.sum(), "devices")

    return share(scores)
