import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def in_box(x, y, size):
    return 0 < x < size and 0 < y < size


def learning_rate(step):
    return max(0.1 * 0.5**step, 1e-3)


def converged(residuals, tolerance):
    return all(abs(residuals) < tolerance)


REFUSED = Raises("jax.errors.TracerBoolConversionError", "Attempted boolean conversion of traced array")

EXAMPLE = Example([
    Case("in_box", (0.5, 2.0, 3.0), fails=REFUSED, again=(0.5, 4.0, 3.0)),
    Case("learning_rate", (2,), fails=REFUSED, again=(20,)),
    Case(
        "converged", (np.array([0.1, -0.3]), 0.2), fails=REFUSED, again=(np.array([0.1, -0.1]), 0.2),
        bench=lambda size: (np.full(size, 0.1), 0.2),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
