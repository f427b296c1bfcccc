import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def huber(error, delta):
    if abs(error) <= delta:
        return 0.5 * error**2
    return delta * (abs(error) - 0.5 * delta)


def bounce(position, velocity, dt):
    position = position + dt * velocity
    return abs(position), -0.9 * velocity if position < 0 else velocity


def normalise(x, mean, training):
    if training:
        mean = 0.9 * mean + 0.1 * x.mean(axis=0)
    return x - mean, mean


REFUSED = Raises("jax.errors.TracerBoolConversionError", "Attempted boolean conversion of traced array")

EXAMPLE = Example([
    Case("huber", (np.array(0.5), 1.0), fails=REFUSED, again=(np.array(-3.0), 2.0)),
    Case("bounce", (0.1, -2.0, 0.1), fails=REFUSED, again=(0.1, 2.0, 0.1)),
    Case(
        "normalise", (np.array([[1.0, 2.0], [3.0, 4.0]]), np.ones(2), True), static=("training",), fails=REFUSED,
        bench=lambda size: (np.linspace(0.0, 1.0, size).reshape(-1, 2), np.ones(2), True),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
