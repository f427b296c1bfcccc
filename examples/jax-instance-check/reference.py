import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def damped(position, damping):
    return position * damping


def length(vector):
    return np.sqrt(np.sum(vector**2))


EXAMPLE = Example([
    Case("damped", (np.array([1.0, 2.0]), 0.5), fails=Silent("nothing is damped")),
    Case("length", (np.array([3.0, 4.0]),), fails=Silent("the vector comes back, not its length")),
])

if __name__ == "__main__":
    run_example(__file__)
