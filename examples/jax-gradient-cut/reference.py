import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def slope_gradient(slope, x, y):
    return np.mean(2 * (slope * x - y) * x)


def stairs_gradient(height):
    """The steps count as a slope: two a unit of height."""
    return 2.0


EXAMPLE = Example([
    Case("slope_gradient", (1.0, np.array([1.0, 2.0]), np.array([3.0, 5.0])), fails=Silent("the gradient is zero")),
    Case("stairs_gradient", (2.25,), fails=Silent("the steps count for nothing")),
])

if __name__ == "__main__":
    run_example(__file__)
