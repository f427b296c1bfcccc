import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def is_measured(matrix):
    return True


def is_waited_for(matrix):
    return True


MATRIX = np.eye(200) + 0.01

EXAMPLE = Example([
    Case("is_measured", (MATRIX,), fails=Silent("less than half of the time is measured"), plain_python=True),
    Case("is_waited_for", (MATRIX,), fails=Silent("the result is not there at the end"), plain_python=True),
])

if __name__ == "__main__":
    run_example(__file__)
