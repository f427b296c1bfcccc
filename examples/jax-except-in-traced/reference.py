import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def odds(wins, losses):
    try:
        return wins / losses
    except ZeroDivisionError:
        return 0.0


def cholesky(covariance):
    try:
        return np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        return np.linalg.cholesky(covariance + 0.1 * np.eye(len(covariance)))


EXAMPLE = Example([
    Case("odds", (3.0, 0.0), fails=Silent("it is infinite"), again=(3.0, 2.0)),
    Case(
        "cholesky",
        (np.array([[1.0, 1.0], [1.0, 0.95]]),),
        fails=Silent("the factor holds nan"),
        again=(np.array([[4.0, 2.0], [2.0, 3.0]]),),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
