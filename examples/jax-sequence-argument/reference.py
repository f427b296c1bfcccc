import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def weighted(x):
    return np.dot([0.2, 0.3, 0.5], x)


def with_bias(x):
    return np.concatenate([x, [1.0]])


def mean_loss(predictions, target):
    return np.mean([(prediction - target) ** 2 for prediction in predictions])


EXAMPLE = Example([
    Case("weighted", (np.array([1.0, 2.0, 4.0]),), fails=Raises("TypeError", "list")),
    Case("with_bias", (np.array([1.0, 2.0]),), fails=Raises("TypeError", "list")),
    Case("mean_loss", (np.array([1.0, 2.0]), 0.5), fails=Raises("TypeError", "list")),
])

if __name__ == "__main__":
    run_example(__file__)
