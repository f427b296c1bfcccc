import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def is_settled(before, after):
    return np.array_equal(before, after)


def is_uniform(board):
    return np.array_equiv(board, board[0])


EXAMPLE = Example([
    Case(
        "is_settled",
        (np.array([1.0, 2.0]), np.array([1.0, 2.0])),
        fails=Silent("it is always False"),
        again=(np.array([1.0, 2.0]), np.array([1.0, 3.0])),
    ),
    Case("is_uniform", (np.ones((2, 3)),), fails=Silent("it is always False"), again=(np.eye(2, 3),)),
])

if __name__ == "__main__":
    run_example(__file__)
