import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def fire(weights, x):
    return np.tanh(weights @ x)


def slope(weights, x, y):
    return 2 * (np.sin(weights @ x) - y) * np.cos(weights @ x) * x


W, X = np.array([0.5, -1.0]), np.array([1.0, 0.2])

EXAMPLE = Example([
    Case("fire", (W, X), fails=Raises("TypeError", "as an abstract array")),
    Case("slope", (W, X, 0.3), fails=Raises("TypeError", "is not a valid JAX type")),
], needs=("equinox",))

if __name__ == "__main__":
    run_example(__file__)
