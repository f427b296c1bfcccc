import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def done(step, fallen):
    return np.logical_or(step >= 500, fallen)


def hits(label, predicted):
    return np.sum(np.logical_and(label == 1, predicted))


EXAMPLE = Example([
    Case(
        "done", (np.array([3, 10, 500]), np.array([False, True, True])), fails=Silent("who falls goes on"),
        bench=lambda size: (np.arange(size), np.arange(size) % 2 == 0),
    ),
    Case(
        "hits",
        (np.array([0, 1, 1, 0]), np.array([False, True, False, True])),
        fails=Silent("the zeros that were predicted count as well"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
