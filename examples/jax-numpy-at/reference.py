import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def one_hot(labels):
    return np.eye(4)[labels]


def mark_visited(visited):
    seen = np.zeros(5, dtype=bool)
    seen[visited] = True
    return seen


EXAMPLE = Example([
    Case(
        "one_hot",
        (np.array([2, 0, 3]),),
        again=(np.array([1, 1, 0]),),
        fails=Raises("AttributeError", "'numpy.ndarray' object has no attribute 'at'"),
    ),
    Case(
        "mark_visited",
        (np.array([4, 1]),),
        again=(np.array([0, 3]),),
        fails=Raises("AttributeError", "'list' object has no attribute 'at'"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
