import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def twice(x):
    return 2 * x.sum()


def doubled(x):
    return 2 * x


EXAMPLE = Example([
    Case("twice", (np.ones((2, 3)),), fails=Raises("ValueError", "invalid argnames {'factors'} in static_argnames")),
    Case("doubled", (np.array([1.0, 2.0]),), fails=Raises("ValueError", "only accepts 1 positional arguments")),
])

if __name__ == "__main__":
    run_example(__file__)
