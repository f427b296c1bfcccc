import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def amplify(signal, level):
    return signal * [0.5, 1.0, 2.0][level]


def accelerate(velocity, position, kind):
    return velocity + 0.1 * (np.sin, np.tanh, np.negative)[kind](position)


def fare(zones, passengers):
    return passengers * {1: 2.5, 2: 4.0, 5: 8.0}[zones]


REFUSED = Raises("jax.errors.TracerIntegerConversionError", "The __index__() method was called on traced array")
UNHASHABLE = Raises("TypeError", "unhashable type")

EXAMPLE = Example([
    Case(
        "amplify", (np.array([1.0, 3.0]), 2), fails=REFUSED, again=(np.array([1.0, 3.0]), 0),
        bench=lambda size: (np.linspace(0.0, 1.0, size), 2),
    ),
    Case("accelerate", (0.5, 2.0, 1), fails=REFUSED, again=(0.5, 2.0, 2)),
    Case("fare", (2, 3), fails=UNHASHABLE, again=(5, 4)),
])

if __name__ == "__main__":
    run_example(__file__)
