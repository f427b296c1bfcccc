import numpy as np

from jaxlint.verify import Case, Close, Example, Raises, run_example


def fit(weights, inputs, targets):
    error = inputs @ weights - targets
    return weights - 0.5 * 2 * inputs.T @ error / error.size


def force(position):
    return -position


WEIGHTS = np.array([1.0, 2.0], np.float32)
INPUTS = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]], np.float32)
SCALAR = Raises("TypeError", "only defined for scalar-output functions")

EXAMPLE = Example([
    Case("fit", (WEIGHTS, INPUTS, np.array([1.0, 3.0, 2.0], np.float32)), fails=SCALAR, same=Close(rtol=1e-5)),
    Case("force", (WEIGHTS,), fails=SCALAR),
])

if __name__ == "__main__":
    run_example(__file__)
