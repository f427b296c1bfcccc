import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def slope_by_rate(x):
    return x


def scaled(rows):
    return rows * np.ones((3, 1)) * 2.0


EXAMPLE = Example([
    Case("slope_by_rate", (3.0,), fails=Raises("TypeError", "requires at least 2 positional arguments")),
    Case("scaled", (np.array([1.0, 2.0]),), fails=Raises("ValueError", "its rank should be at least 1")),
])


if __name__ == "__main__":
    run_example(__file__)
