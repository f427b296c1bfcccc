import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def hold_ends(temperature, left, right):
    temperature[0] = left
    temperature[-1] = right
    return temperature


def log_returns(prices):
    returns = np.diff(np.log(prices))
    return np.nan_to_num(returns, copy=False)


def brighten(image, gain):
    return np.clip(image * gain, 0.0, 1.0)


PRICES = np.array([100.0, np.nan, 101.0, 99.5, 98.0])
IMAGE = np.array([[0.1, 0.4], [0.7, 0.9]])

EXAMPLE = Example([
    Case("hold_ends", (np.array([3.0, 2.0, 4.0]), 0.0, 1.0), fails=Silent("the ends keep their values")),
    Case("log_returns", (PRICES,), fails=Silent("the NaNs stay: copy=False does not write, either")),
    Case("brighten", (IMAGE, 2.0), fails=Silent("the values stay above 1")),
])

if __name__ == "__main__":
    run_example(__file__)
