import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def decay_step(weights, gradient):
    return weights - 0.5 * (np.clip(gradient, -1.0, 1.0) + 0.1 * weights)


def sign_step(weights, gradient):
    return weights - 0.5 * (np.sign(gradient) + 0.1 * weights)


W, G = np.array([1.0, -2.0]), np.array([0.5, -3.0])

EXAMPLE = Example([
    Case("decay_step", (W, G), fails=Raises("ValueError", "requires the current value of parameters")),
    Case("sign_step", (W, G), fails=Raises("ValueError", "requires the current value of parameters")),
], needs=("optax",))

if __name__ == "__main__":
    run_example(__file__)
