import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def wave(times, frequency):
    return np.sin(2 * np.pi * frequency * times)


def spectrum(signal):
    return np.fft.rfft(np.hanning(len(signal)) * signal)


REFUSED = Raises("jax.errors.TracerArrayConversionError", "The numpy.ndarray conversion method __array__() was called")

EXAMPLE = Example([
    Case("wave", (np.array([0.0, 0.1, 0.2]), 2.0), fails=REFUSED),
    Case("spectrum", (np.array([1.0, 4.0, 2.0, 3.0, 5.0, 0.0]),), fails=REFUSED),
])

if __name__ == "__main__":
    run_example(__file__)
