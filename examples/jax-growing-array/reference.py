import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example
from jaxlint.verify.evidence import compilations


def running_sums(values):
    return np.concatenate([[0.0], np.cumsum(values)])


def staircase(steps):
    return np.stack([np.full(2, float(step)) for step in range(steps)])


def _compiles_each_step(function, *args):
    jax.clear_caches()
    return compilations(function, *args) >= 8


GROWS = Silent("each step compiles another program", shows=_compiles_each_step)

EXAMPLE = Example([
    Case("running_sums", (np.arange(9.0),), fails=GROWS, bench=lambda size: (np.linspace(0.0, 1.0, size),)),
    Case("staircase", (9,), static=("steps",), fails=GROWS),
])

if __name__ == "__main__":
    run_example(__file__)
