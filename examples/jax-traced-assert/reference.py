import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def entropy(p):
    assert p.ndim == 1, "one distribution"
    assert np.all(p > 0), "probabilities are positive"
    return -np.sum(p * np.log(p))


def discounted(rewards, gamma):
    assert gamma < 1, "later rewards count less"
    return np.sum(rewards * gamma ** np.arange(len(rewards)))


REFUSED = Raises("jax.errors.TracerBoolConversionError", "Attempted boolean conversion of traced array")

EXAMPLE = Example([
    Case(
        "entropy",
        (np.array([0.5, 0.25, 0.25]),),
        fails=REFUSED,
        plain_python=True,
        again=(np.array([0.125, 0.5, 0.375]),),
    ),
    Case("discounted", (np.array([1.0, 2.0, 4.0]), 0.9), fails=REFUSED, again=(np.array([1.0, 0.0, 8.0]), 0.5)),
])

if __name__ == "__main__":
    run_example(__file__)
