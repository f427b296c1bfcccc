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
