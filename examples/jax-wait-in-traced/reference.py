import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def wave_on_host(x):
    return np.sin(x), True


def powers_on_host(x):
    return [x, x**2], True


X = np.array([0.5, 1.0])

EXAMPLE = Example([
    Case("wave_on_host", (X,), fails=Silent("the result is an array of JAX"), plain_python=True),
    Case("powers_on_host", (X,), fails=Silent("the results are arrays of JAX"), plain_python=True),
])

if __name__ == "__main__":
    run_example(__file__)
