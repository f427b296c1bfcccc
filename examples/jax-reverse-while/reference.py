import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def slope(x):
    return 0.5 / np.sqrt(x)


def sensitivity(level, steps):
    return np.float32(0.5**steps)


REFUSED = "Reverse-mode differentiation does not work for lax.while_loop"

EXAMPLE = Example([
    Case("slope", (np.float32(4.0),), fails=Raises("ValueError", REFUSED)),
    Case("sensitivity", (np.float32(8.0), 3), fails=Raises("ValueError", REFUSED), again=(np.float32(1.0), 3)),
])


if __name__ == "__main__":
    run_example(__file__)
