import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def train_step(x):
    y = (x - x.mean(axis=0)) / x.std(axis=0)
    return y, 0.9 * np.zeros(x.shape[1]) + 0.1 * x.mean(axis=0)


def scale_by_largest(x):
    return x / max(0.0, x.max())


READ_ONLY = Raises("flax.errors.ModifyScopeVariableError", "is immutable")

EXAMPLE = Example([
    Case("train_step", (np.array([[1.0, 5.0], [2.0, 1.0], [4.0, 3.0]]),), fails=READ_ONLY),
    Case("scale_by_largest", (np.array([1.0, 4.0, 2.0]),), fails=READ_ONLY),
], needs=("flax",))

if __name__ == "__main__":
    run_example(__file__)
