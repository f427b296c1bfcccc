import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example
from jaxlint.verify.evidence import compilations


def decay(x, steps):
    for step in range(steps):
        x = x - x / (step + 2)
    return x


def pull(x, steps):
    for _ in range(steps):
        x = x - 0.1 * x
    return x


def _compiles_each_step(function, *args):
    jax.clear_caches()
    return compilations(function, *args) >= 12


EACH = Silent("each step compiles a program of its own", shows=_compiles_each_step)

EXAMPLE = Example([
    Case("decay", (np.ones(3), 12), static=("steps",), fails=EACH),
    Case("pull", (np.ones(3), 12), static=("steps",), fails=EACH),
])

if __name__ == "__main__":
    run_example(__file__)
