import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def half_lives(count):
    return 2.0 ** -np.arange(count)


def decimals(digits):
    return sum(digit * 10.0**-place for place, digit in enumerate(digits))


EXAMPLE = Example([
    Case("half_lives", (4,), static=("count",), fails=Silent("all but the first are 0")),
    Case("decimals", (np.array([3, 1, 4]),), fails=Silent("only the first digit counts")),
])

if __name__ == "__main__":
    run_example(__file__)
