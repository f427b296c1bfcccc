import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def fit(weight, xs):
    total = 0.0
    for x in xs:
        error = weight * x - 1.0
        weight, total = weight - 0.1 * error * x, total + error**2
    return weight, total


def path(position, steps):
    places = []
    for _ in range(steps):
        position = np.cos(position)
        places.append(position)
    return np.stack(places)


def _fetches_in_each_step(function, *args):
    """Whether a loop of five steps asks five arrays for their values on the host."""
    array = type(jax.numpy.zeros(()))
    original, fetched = array._value, []

    def value(self):
        fetched.append(self)
        return original.fget(self)

    array._value = property(value)
    try:
        function(*args)
    finally:
        array._value = original
    return len(fetched) >= 5


WAITS = Silent("each step waits for the device", shows=_fetches_in_each_step)

EXAMPLE = Example([
    Case("fit", (np.float32(0.5), [1.0, 2.0, 0.5, 1.5, 1.0]), fails=WAITS, plain_python=True),
    Case("path", (np.array([0.5, 1.0]), 5), fails=WAITS, plain_python=True),
])

if __name__ == "__main__":
    run_example(__file__)
