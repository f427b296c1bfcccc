import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def relaxed(points):
    return np.array([_settle(x) if x > 1.0 else x for x in points])


def _settle(x):
    for _ in range(1000):
        x = x - 0.01 * np.tanh(x)
    return x


def _has_no_branch(function, points):
    return "cond[" not in str(jax.make_jaxpr(function)(points))


EXAMPLE = Example([
    Case(
        "relaxed",
        (np.array([0.5, 2.0, 3.0]),),
        fails=Silent("every point is settled, the first one, too", shows=_has_no_branch),
    ),
])


if __name__ == "__main__":
    run_example(__file__)
