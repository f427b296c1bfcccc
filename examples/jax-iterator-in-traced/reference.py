import numpy as np

from jaxlint.verify import Case, Example, Raises, Silent, run_example


def train(weights, batches):
    for batch in batches:
        weights = weights - 0.1 * (weights - batch)
    return weights


def work(forces, distances):
    return sum(force * distance for force, distance in zip(forces, distances))


EXAMPLE = Example([
    Case(
        "train",
        (np.zeros(2), np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])),
        fails=Silent("each step sees the first batch"),
    ),
    Case(
        "work",
        (np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.5, 2.0])),
        fails=Raises("TypeError", "is not a valid JAX type"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
