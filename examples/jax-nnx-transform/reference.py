import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def norms(batches):
    mean = 0.0
    for x in batches:
        mean = 0.5 * mean + 0.5 * x.mean()
    return [np.linalg.norm(x) for x in batches], mean


def descend(start, gradients):
    for gradient in gradients:
        start = start - 0.1 * gradient
    return start


BATCHES = np.array([[1.0, 2.0], [3.0, 5.0], [0.0, 1.0]])

EXAMPLE = Example([
    Case("norms", (BATCHES,), fails=Silent("the mean stays zero"), plain_python=True),
    Case("descend", (np.array([1.0, 1.0]), BATCHES), fails=Silent("the weights stay what they were"), plain_python=True),
], needs=("flax",))

if __name__ == "__main__":
    run_example(__file__)
