import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def centred(values):
    return values - values.mean()


def shares(values):
    return values / values.sum()


VALUES = np.array([1.0, 2.0, 5.0])

EXAMPLE = Example([
    Case("centred", (VALUES,), fails=Raises("NameError", "unbound axis name: batch")),
    Case("shares", (VALUES,), fails=Raises("NameError", "unbound axis name: devices")),
])


if __name__ == "__main__":
    run_example(__file__)
