import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def pooled(x):
    return x.max()


def activated(x):
    return np.tanh(x)


REFUSED = Raises("TypeError", "as an abstract array")

EXAMPLE = Example([
    Case("pooled", (np.array([1.0, 3.0, 2.0]),), fails=REFUSED),
    Case("activated", (np.array([0.5, -1.0]),), fails=REFUSED),
])

if __name__ == "__main__":
    run_example(__file__)
