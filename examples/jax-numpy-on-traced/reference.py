import numpy as np

from jaxlint.verify import Case, Devices, Example, Raises, run_example


def wave(times, frequency):
    return np.sin(2 * np.pi * frequency * times)


def spectrum(signal):
    return np.fft.rfft(np.hanning(len(signal)) * signal)


def softmax(scores, mesh):
    weights = np.exp(scores)
    return weights / weights.sum()


REFUSED = Raises("jax.errors.TracerArrayConversionError", "The numpy.ndarray conversion method __array__() was called")

EXAMPLE = Example([
    Case(
        "wave", (np.linspace(0.0, 0.2, 8), 2.0), devices=8, fails=REFUSED,
        bench=lambda size: (np.linspace(0.0, 0.2, size), 2.0),
    ),
    Case(
        "spectrum", (np.array([1.0, 4.0, 2.0, 3.0, 5.0, 0.0, 1.0, 2.0]),), devices=8, fails=REFUSED,
        bench=lambda size: (np.linspace(0.0, 5.0, size),),
    ),
    Case("softmax", (np.linspace(-1.0, 1.0, 16), Devices("devices")), static=("mesh",), devices=8, fails=REFUSED),
])

if __name__ == "__main__":
    run_example(__file__)
