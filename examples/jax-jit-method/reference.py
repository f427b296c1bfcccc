import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def filtered(x):
    return 3.0 * x


def advanced(x):
    return x + 2.0


REFUSED = Raises("TypeError", "as an abstract array")

EXAMPLE = Example([
    Case("filtered", (np.array([1.0, 3.0]),), fails=REFUSED),
    Case("advanced", (np.array([0.5, -1.0]),), fails=REFUSED),
])

if __name__ == "__main__":
    run_example(__file__)
