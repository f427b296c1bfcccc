import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def harmonic_numbers(count):
    return np.cumsum(1 / np.arange(1, count + 1))


def inverse_square(count):
    return 1 / np.arange(1, count + 1) ** 2


EXAMPLE = Example([
    Case("harmonic_numbers", (4,), static=("count",), fails=Raises("TypeError", "negative powers")),
    Case("inverse_square", (4,), static=("count",), fails=Raises("TypeError", "negative powers")),
])

if __name__ == "__main__":
    run_example(__file__)
