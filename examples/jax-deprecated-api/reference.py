import numpy as np

from jaxlint.verify import Case, Example, Warns, run_example


def doubled(x):
    return x + x


EXAMPLE = Example([
    Case("doubled", (np.array([1.0, 2.0]),), fails=Warns("DeprecationWarning", "pjit")),
])

if __name__ == "__main__":
    run_example(__file__)
