import tempfile

import numpy as np

from jaxlint.verify import Case, Example, Raises, Silent, run_example
from jaxlint.verify.evidence import finished

FOLDER = tempfile.TemporaryDirectory()


def train(weights, x, y, log):
    with open(log, "w") as file:
        for _ in range(3):
            error = x @ weights - y
            file.write(f"{np.mean(error**2)}\n")
            weights = weights - 0.1 * error @ x
    return weights


def diffuse(heat, path):
    for _ in range(4):
        heat = 0.5 * heat + 0.25 * (np.roll(heat, 1) + np.roll(heat, -1))
        np.save(path, heat)
    return heat


def _shows_tracer(train, weights, x, y, log):
    finished(train, weights, x, y, log)
    with open(log) as file:
        return "Tracer" in file.read()


EXAMPLE = Example([
    Case(
        "train",
        (np.zeros(2), np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([1.0, 2.0]), FOLDER.name + "/losses.txt"),
        fails=Silent("one line, which shows a tracer", shows=_shows_tracer),
        plain_python=True,
    ),
    Case(
        "diffuse",
        (np.array([0.0, 8.0, 0.0, 0.0]), FOLDER.name + "/heat.npy"),
        static=("path",),
        unmapped="it writes one file, in order",
        fails=Raises("jax.errors.TracerArrayConversionError", "The numpy.ndarray conversion method __array__()"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
