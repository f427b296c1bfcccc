from functools import partial

import jax
import numpy as np


@jax.jit
def wave(times, frequency):
    return np.sin(2 * np.pi * frequency * times)  # [jax-numpy-on-traced]


@jax.jit
def spectrum(signal):
    window = np.hanning(len(signal))
    return np.fft.rfft(window * signal)  # [jax-numpy-on-traced]


def softmax(scores, mesh):
    """Of scores that the devices of `mesh` share."""

    @partial(jax.shard_map, mesh=mesh, in_specs=jax.P("devices"), out_specs=jax.P("devices"))
    def share(part):
        weights = np.exp(part)  # [jax-numpy-on-traced]
        return weights / jax.lax.psum(weights.sum(), "devices")

    return share(scores)
