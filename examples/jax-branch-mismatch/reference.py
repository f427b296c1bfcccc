import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def drag(speed):
    return 0.5 if speed > 1.0 else 0.0


def window(signal, number):
    kind = [[1.0, 1.0, 1.0, 1.0], [0.5, 1.0, 0.5, 0.0]][number]
    return np.sum(signal[0] * np.array(kind, np.float32))


def kick(position, velocity):
    return (-position, -velocity) if position < 0 else (position + velocity, velocity)


TYPES = Raises("TypeError", "branches must have equal output types")
STRUCTURE = Raises("TypeError", "same pytree structure")

EXAMPLE = Example([
    Case("drag", (2.0,), fails=TYPES, again=(0.5,)),
    Case("window", (np.array([2.0, 1.0], np.float32), 1), fails=TYPES, again=(np.array([3.0, 1.0], np.float32), 0)),
    Case("kick", (-1.0, 2.0), fails=STRUCTURE, again=(1.0, 2.0)),
])

if __name__ == "__main__":
    run_example(__file__)
