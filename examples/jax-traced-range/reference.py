import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def matrix_power(matrix, n):
    return np.linalg.matrix_power(matrix, n)


def swing(angle, speed, steps):
    angles = []
    for _ in range(steps):
        speed = speed - 0.1 * np.sin(angle)
        angle = angle + 0.1 * speed
        angles.append(angle)
    return np.stack(angles)


REFUSED = Raises("jax.errors.TracerIntegerConversionError", "The __index__() method was called on traced array")

EXAMPLE = Example([
    Case("matrix_power", (np.array([[1.0, 1.0], [1.0, 0.0]]), 5), fails=REFUSED, again=(np.eye(2) / 2, 3)),
    Case("swing", (0.5, 0.0, 10), static=("steps",), fails=REFUSED),
])

if __name__ == "__main__":
    run_example(__file__)
