import numpy as np

from jaxlint.verify import Case, Example, Key, Raises, SameDistribution, run_example


def drop(key, x):
    return np.where(key.random(x.shape) < 0.5, 0.0, x / 0.5)


def jitter(key, x):
    return x + key.normal(size=x.shape)


X = np.array([1.0, 2.0])

EXAMPLE = Example([
    Case("drop", (Key(0), X), fails=Raises("flax.errors.InvalidRngError", 'needs PRNG for "dropout"'), same=SameDistribution()),
    Case("jitter", (Key(0), X), fails=Raises("flax.errors.InvalidRngError", 'needs PRNG for "jitter"'), same=SameDistribution()),
], needs=("flax",))

if __name__ == "__main__":
    run_example(__file__)
