import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def slope(x, width):
    return x / np.sqrt(x * x + width * width)


def steepness(x):
    return np.tanh(x)


EXAMPLE = Example([
    Case("slope", (np.float32(3.0), np.float32(4.0)), fails=Raises("TypeError", "Custom VJP bwd rule must produce")),
    Case("steepness", (np.float32(0.5),), fails=Raises("TypeError", "Custom JVP rule")),
])


if __name__ == "__main__":
    run_example(__file__)
