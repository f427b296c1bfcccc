import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def first_average(new):
    return {"fast": new, "slow": np.ones(3)}


def doubled(offset):
    return np.full((8, 4), 2 * (1 + offset)), np.zeros((8, 4))


TWICE = Raises("jax.errors.JaxRuntimeError", "Attempt to donate the same buffer twice")

EXAMPLE = Example([
    Case("first_average", (np.array([1.0, 2.0, 3.0]),), plain_python=True, fails=TWICE),
    Case("doubled", (0.25,), plain_python=True, fails=TWICE),
])

if __name__ == "__main__":
    run_example(__file__)
