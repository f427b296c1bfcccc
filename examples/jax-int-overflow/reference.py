import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def seconds_left(elapsed):
    return 10_000_000_000 - np.floor(elapsed)


def light_years(meters):
    return meters / 9_460_730_472_580_800


EXAMPLE = Example([
    Case("seconds_left", (np.array([1e9, 2e9]),), fails=Raises("OverflowError", "overflow")),
    Case("light_years", (np.array([1e16, 3e16]),), fails=Raises("OverflowError", "too large")),
])

if __name__ == "__main__":
    run_example(__file__)
