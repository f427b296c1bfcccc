import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def mean_norm(gradients):
    return np.mean([np.linalg.norm(gradient) for gradient in gradients])


def train(weights, x, y):
    for _ in range(3):
        error = x @ weights - y
        weights = weights - 0.1 * error @ x
    return weights, np.sqrt(np.mean(error**2))


def taper_both(mono, stereo):
    window = np.hanning(8)
    return window * mono, window * stereo


LEAK = Raises("jax.errors.UnexpectedTracerError", "A function transformed by JAX had a side effect")

EXAMPLE = Example([
    Case("mean_norm", (np.array([[3.0, 4.0], [0.0, 2.0]]),), fails=LEAK),
    Case("train", (np.zeros(2), np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([1.0, 2.0])), fails=LEAK),
    Case("taper_both", (np.arange(8.0), np.arange(16.0).reshape(2, 8)), fails=LEAK),
])

if __name__ == "__main__":
    run_example(__file__)
