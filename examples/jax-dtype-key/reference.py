import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def unit(x):
    return x / (np.linalg.norm(x) + 1e-6)


def total(x):
    return np.sum(x, dtype=np.int32)


EXAMPLE = Example([
    Case("unit", (np.array([3.0, 4.0], np.float32),), fails=Raises("KeyError", "float32")),
    Case("total", (np.array([100, 100], np.int8),), fails=Raises("KeyError", "int8")),
])

if __name__ == "__main__":
    run_example(__file__)
