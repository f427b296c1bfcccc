import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def descend(weights, gradients):
    mean = np.zeros_like(weights)
    for gradient in gradients:
        mean = 0.5 * mean + 0.5 * gradient
        weights = weights - 0.1 * np.sign(mean)
    return weights, np.int32(len(gradients))


def follow(weights, gradients):
    return weights - 0.1 * np.sign(gradients).sum(axis=0)


W, G = np.array([1.0, -2.0]), np.array([[4.0, -3.0], [1.0, 2.0]])

EXAMPLE = Example([
    Case("descend", (W, G), fails=Silent("the mean of the gradients is forgotten")),
    Case("follow", (W, G), fails=Silent("the weights stay what they were")),
], needs=("optax",))

if __name__ == "__main__":
    run_example(__file__)
