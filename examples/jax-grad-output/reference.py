import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def slope(x):
    return 2 * x * np.ones(3)


def fit(weights):
    return 2 * (weights - 1.0)


REFUSED = Raises("TypeError", "Gradient only defined for scalar-output functions")

EXAMPLE = Example([
    Case("slope", (3.0,), fails=REFUSED),
    Case("fit", (np.array([1.0, 2.0, 4.0]),), fails=REFUSED),
])


if __name__ == "__main__":
    run_example(__file__)
