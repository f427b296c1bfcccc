import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def speed(velocity):
    vector = 0.5 * velocity
    return np.hypot(vector[0], vector[1]) if vector.shape == (2,) else 0.0


def double(value):
    match value:
        case float():
            return 2.0 * value
        case _:
            return value


EXAMPLE = Example([
    Case("speed", (np.array([3.0, 4.0]),), fails=Silent("an array is no sequence, so it is zero")),
    Case("double", (1.5,), fails=Silent("a tracer is no float, so nothing is doubled")),
])

if __name__ == "__main__":
    run_example(__file__)
