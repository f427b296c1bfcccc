import jax
import numpy as np


@jax.jit
def wave(times, frequency):
    return np.sin(2 * np.pi * frequency * times)  # [jax-numpy-on-traced]


@jax.jit
def spectrum(signal):
    window = np.hanning(len(signal))
    return np.fft.rfft(window * signal)  # [jax-numpy-on-traced]
