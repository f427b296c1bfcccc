import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def rotate(points, angle):
    cos, sin = np.cos(angle), np.sin(angle)
    return points @ np.array([[cos, sin], [-sin, cos]])


def smooth(signal, width):
    weights = np.exp(-((np.arange(-2, 3) / width) ** 2))
    return np.convolve(signal, weights / weights.sum(), mode="same")


UNHASHABLE = Raises("TypeError", "unhashable type")

EXAMPLE = Example([
    Case(
        "rotate",
        (np.array([[1.0, 0.0], [0.0, 2.0]]), 0.5),
        fails=UNHASHABLE,
        again=(np.array([[1.0, 0.0], [0.0, 2.0]]), -1.0),
    ),
    Case("smooth", (np.arange(8.0) ** 2, 1.5), fails=UNHASHABLE, again=(np.arange(8.0), 0.5)),
])

if __name__ == "__main__":
    run_example(__file__)
