import warnings

import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example

SIZE = 2_000_000


def looked_up(indices):
    return (np.arange(SIZE) % 1000)[indices]


def fitted(slope):
    times = np.arange(SIZE) / SIZE
    return np.mean((slope * times) ** 2)


def _captures(function, *args):
    """Whether JAX itself warns of a constant of some size when it compiles what the function calls."""
    before = jax.config.jax_captured_constants_warn_bytes
    jax.clear_caches()
    jax.config.update("jax_captured_constants_warn_bytes", 4 * SIZE)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            function(*args)
    finally:
        jax.config.update("jax_captured_constants_warn_bytes", before)
    return any("captured" in str(warning.message) for warning in caught)


STORED = Silent("the array is stored in the program", shows=_captures)

EXAMPLE = Example([
    Case("looked_up", (np.array([3, 1002]),), fails=STORED),
    Case("fitted", (2.0,), fails=STORED),
])

if __name__ == "__main__":
    run_example(__file__)
