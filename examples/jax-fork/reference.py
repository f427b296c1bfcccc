import numpy as np

from jaxlint.verify import Case, Example, Warns, run_example


def scaled(values):
    return values / np.max(values) * 0.5


EXAMPLE = Example([
    Case("scaled", (np.array([1.0, 4.0]),), plain_python=True, fails=Warns("RuntimeWarning", "fork")),
])

if __name__ == "__main__":
    run_example(__file__)
