import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def charge(capacity, level):
    cells = np.zeros(capacity)
    cells[0] = 0.8
    cells[1] += level
    return cells


def halved_first():
    return np.array([1.5, 4.0])


EXAMPLE = Example([
    Case("charge", (3, 1), static=("capacity",), fails=Silent("0.8 becomes 0")),
    Case("halved_first", (), fails=Silent("1.5 becomes a whole number")),
])

if __name__ == "__main__":
    run_example(__file__)
