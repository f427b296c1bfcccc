import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def ranking(scores):
    return np.argsort(scores, kind="stable")


def column_major(rows, columns):
    return np.zeros((rows, columns), order="F")


def normalized(logits):
    return logits / np.sum(logits, axis=-1)


EXAMPLE = Example([
    Case("ranking", (np.array([3.0, 1.0, 2.0]),), fails=Raises("TypeError", "kind")),
    Case("column_major", (2, 3), static=("rows", "columns"), fails=Raises("TypeError", "order")),
    Case("normalized", (np.array([1.0, 3.0]),), fails=Raises("TypeError", "dim")),
])

if __name__ == "__main__":
    run_example(__file__)
