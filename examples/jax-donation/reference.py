import numpy as np

from jaxlint.verify import Case, Example, Raises, Warns, run_example


def first_average(new):
    return {"fast": new, "slow": np.ones(3)}


def dark_frame(offset):
    return np.full(4, 8 * (1 + offset))


TWICE = Raises("jax.errors.JaxRuntimeError", "Attempt to donate the same buffer twice")
USELESS = Warns("UserWarning", "Some donated buffers were not usable")

EXAMPLE = Example([
    Case("first_average", (np.array([1.0, 2.0, 3.0]),), plain_python=True, fails=TWICE),
    Case("dark_frame", (0.25,), plain_python=True, fails=USELESS),
])

if __name__ == "__main__":
    run_example(__file__)
