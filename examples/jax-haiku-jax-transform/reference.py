import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def lean(x):
    return x @ np.full((x.shape[1], 2), x.mean())


def deep(x):
    return 8 * x


X = np.array([[1.0, 2.0], [3.0, 4.0]], np.float32)
LEAKS = Raises("jax.errors.UnexpectedTracerError", "inside a Haiku transformed function")

EXAMPLE = Example([Case("lean", (X,), fails=LEAKS), Case("deep", (X,), fails=LEAKS)], needs=("haiku",))

if __name__ == "__main__":
    run_example(__file__)
