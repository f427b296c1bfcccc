import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def mean_of(samples):
    return samples.mean(axis=0)


def running_sum(xs):
    return np.cumsum(xs)


SAMPLES = np.array([[1.0, 2.0], [3.0, 4.0], [8.0, 0.0]], np.float32)

EXAMPLE = Example([
    Case("mean_of", (SAMPLES,), fails=Raises("AttributeError", "AbstractRef")),
    Case("running_sum", (SAMPLES[:, 0],), fails=Raises("ValueError", "mutable array reference")),
])


if __name__ == "__main__":
    run_example(__file__)
