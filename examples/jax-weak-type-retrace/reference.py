import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example
from jaxlint.verify.evidence import compilations


def energy(rows):
    return np.sum(rows**2)


def smallest(rows):
    return rows.min()


def _compiles_twice(function, *args):
    jax.clear_caches()
    more = compilations(function, *args)
    jax.clear_caches()
    return more > compilations(function, args[0][:1])


TWICE = Silent("the second step compiles the function again", shows=_compiles_twice)
ROWS = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], np.float32)

EXAMPLE = Example([
    Case("energy", (ROWS,), fails=TWICE),
    Case("smallest", (ROWS,), fails=TWICE),
])

if __name__ == "__main__":
    run_example(__file__)
