import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example
from jaxlint.verify.evidence import compilations


def descend(x, rates):
    for rate in rates:
        x = x - rate * 2 * x
    return x


def sum_again(x, times):
    for _ in range(times):
        x = np.cumsum(x)
    return x


def _compiles_each_step(function, *args):
    jax.clear_caches()
    return compilations(function, *args) >= 12


AGAIN = Silent("each step compiles the same program again", shows=_compiles_each_step)

EXAMPLE = Example([
    Case("descend", (np.ones(3), np.full(12, 0.1)), fails=AGAIN),
    Case("sum_again", (np.full(4, 0.5), 12), static=("times",), fails=AGAIN),
])

if __name__ == "__main__":
    run_example(__file__)
