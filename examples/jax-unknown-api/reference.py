import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def hidden_layer(x, weights):
    return np.maximum(x @ weights, 0)


def squares(count):
    return np.arange(count) ** 2


def distances(points, center):
    return np.array([np.linalg.norm(p - center) for p in points])


EXAMPLE = Example([
    Case("hidden_layer", (np.ones(2), np.array([[1.0], [-3.0]])), fails=Raises("AttributeError", "relu")),
    Case("squares", (4,), static=("count",), fails=Raises("AttributeError", "arange")),
    Case("distances", (np.ones((3, 2)), np.zeros(2)), fails=Raises("AttributeError", "vmap")),
])

if __name__ == "__main__":
    run_example(__file__)
