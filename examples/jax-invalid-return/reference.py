import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def measured(x):
    return np.mean(x**2)


def predicted(x, y):
    return np.sum(x * y) / np.sum(x * x) * x


REFUSED = Raises("TypeError", "not a valid JAX type")

EXAMPLE = Example([
    Case("measured", (np.array([1.0, 3.0]),), fails=REFUSED),
    Case("predicted", (np.array([1.0, 2.0]), np.array([2.0, 5.0])), fails=REFUSED),
])

if __name__ == "__main__":
    run_example(__file__)
