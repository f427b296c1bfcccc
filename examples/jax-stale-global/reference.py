import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def train(weights, gradients):
    rates = 0.1 / 2 ** np.arange(len(gradients))
    return weights - rates @ gradients


def earth_and_moon(times):
    return np.array([9.81 * np.cumsum(times), 1.62 * np.cumsum(times)])


EXAMPLE = Example([
    Case(
        "train",
        (np.ones(2), np.array([[1.0, 2.0], [0.5, 0.5], [0.0, 1.0]])),
        fails=Silent("each step has the first learning rate"),
        plain_python=True,
    ),
    Case("earth_and_moon", (np.array([0.5, 0.5, 1.0]),), fails=Silent("the stone falls on the Moon as on Earth")),
])

if __name__ == "__main__":
    run_example(__file__)
