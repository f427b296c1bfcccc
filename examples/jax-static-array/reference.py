import numpy as np

from jaxlint.verify import Case, Example, Silent, Warns, run_example


def slope_of_loss(slope, offset, x):
    error = 2 * (slope * x + offset)
    return np.sum(error * x), np.sum(error)


def bend(distortion, x):
    return distortion * x


X = np.array([1.0, 2.0])

EXAMPLE = Example([
    Case(
        "slope_of_loss",
        (np.array(0.5), np.array(1.0), X),
        fails=Silent("the gradient of the slope is the slope"),
    ),
    Case("bend", (np.array([2.0, 3.0]), X), fails=Warns("UserWarning", "A JAX array is being set as static")),
], needs=("equinox",))

if __name__ == "__main__":
    run_example(__file__)
