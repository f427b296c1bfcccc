import numpy as np

from jaxlint.verify import Case, Example, Raises, Silent, run_example


def silence(signal, threshold):
    if np.abs(signal).max() < threshold:
        signal.fill(0.0)
    return signal


def close_ring(points):
    return np.append(points, points[0])


def median_error(predicted, actual):
    errors = np.abs(predicted - actual)
    errors.sort()
    return errors[len(errors) // 2]


QUIET = np.array([0.1, -0.2, 0.05])
PREDICTED, ACTUAL = np.array([3.0, 1.0, 2.0]), np.array([0.0, 0.9, 4.0])

EXAMPLE = Example([
    Case("silence", (QUIET, 0.5), again=(10 * QUIET, 0.5), fails=Raises("AttributeError", "has no attribute fill")),
    Case("close_ring", (np.array([2.0, 7.0, 1.0]),), fails=Raises("AttributeError", "has no attribute put")),
    Case(
        "median_error", (PREDICTED, ACTUAL), fails=Silent("sort() returns the sorted array, and errors stays as it is"),
        bench=lambda size: (np.sin(np.arange(size)), np.zeros(size)),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
