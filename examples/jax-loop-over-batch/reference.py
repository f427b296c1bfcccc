import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def lengths(vectors):
    return np.sqrt(np.sum(vectors**2, axis=1))


def turned(points):
    return np.stack([-points[:, 1], points[:, 0]], axis=1)


def _grows(function, rows):
    """The program has more operations for more rows."""
    longer = jax.numpy.concatenate([rows, rows])
    few, many = (str(jax.make_jaxpr(function)(x)).count("\n") for x in (rows, longer))
    return many > few


UNROLLED = Silent("the program grows with the number of rows", shows=_grows)
ROWS = np.linspace(0.0, 1.0, 24).reshape(12, 2)

EXAMPLE = Example([
    Case("lengths", (ROWS,), fails=UNROLLED, bench=lambda size: (np.linspace(0.0, 1.0, 2 * size).reshape(size, 2),)),
    Case("turned", (ROWS,), fails=UNROLLED, bench=lambda size: (np.linspace(0.0, 1.0, 2 * size).reshape(size, 2),)),
])

if __name__ == "__main__":
    run_example(__file__)
