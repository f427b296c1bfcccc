import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def heat_step(temperature, rate):
    new = temperature.copy()
    new[1:-1] += rate * (temperature[:-2] - 2 * temperature[1:-1] + temperature[2:])
    new[0] = new[-1] = 0.0
    return new


def count_words(words, size):
    return np.bincount(words, minlength=size)


IMMUTABLE = Raises("TypeError", "JAX arrays are immutable and do not support in-place item assignment")

EXAMPLE = Example([
    Case(
        "heat_step",
        (np.array([1.0, 5.0, 2.0, 4.0, 3.0, 0.0, 2.0, 6.0]), 0.1),
        devices=8,
        fails=IMMUTABLE,
        bench=lambda size: (np.linspace(0.0, 5.0, size), 0.1),
    ),
    Case(
        "count_words", (np.array([3, 1, 3, 0, 4, 3, 0, 0]), 5), devices=8, static=("size",), fails=IMMUTABLE,
        bench=lambda size: (np.arange(size) % 100, 100),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
