import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def padded(x):
    return np.pad(x, [1, 2])


def cubed(x):
    return x**3


REFUSED = Raises("ValueError", "Non-hashable static arguments")

EXAMPLE = Example([
    Case("padded", (np.array([1.0, 2.0]),), fails=REFUSED),
    Case("cubed", (np.array([1.0, 2.0]),), fails=REFUSED),
])

if __name__ == "__main__":
    run_example(__file__)
