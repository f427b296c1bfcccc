import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def throw(velocity, dt):
    return velocity + [0.0, -9.81 * dt]


def ends(signal):
    return signal[[0, -1]]


def fit_step(slope, offset, x, y):
    error = slope * x + offset - y
    return {"slope": slope - 0.1 * np.mean(2 * error * x), "offset": offset - 0.1 * np.mean(2 * error)}


EXAMPLE = Example([
    Case("throw", (np.array([3.0, 4.0]), 0.1), fails=Raises("TypeError", "unsupported operand type(s) for +")),
    Case(
        "ends",
        (np.array([1.0, 2.0, 3.0]),),
        fails=Raises("TypeError", "Using a non-tuple sequence for multidimensional indexing is not allowed"),
    ),
    Case(
        "fit_step",
        (1.0, 0.0, np.array([1.0, 2.0]), np.array([3.0, 5.0])),
        fails=Raises("TypeError", "unsupported operand type(s) for *: 'float' and 'dict'"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
