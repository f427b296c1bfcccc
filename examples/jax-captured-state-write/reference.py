import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def train(weights, gradients):
    return weights - 0.1 * gradients.sum(axis=0), len(gradients)


def forward(x, matrices):
    for matrix in matrices:
        x = np.tanh(matrix @ x)
    return x, matrices.size


EXAMPLE = Example([
    Case("train", (np.ones(2), np.array([[1.0, 2.0], [0.5, 0.5], [0.0, 1.0]])), fails=Silent("one step is counted")),
    Case("forward", (np.ones(2), np.full((3, 2, 2), 0.5)), fails=Silent("one layer is counted")),
])

if __name__ == "__main__":
    run_example(__file__)
