import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def hits(values):
    return values[np.nonzero(values)[0]].sum()


def histogram(labels):
    return np.bincount(labels, minlength=4)


REFUSED = Raises("jax.errors.ConcretizationTypeError", "Abstract tracer value encountered where concrete value is expected")

EXAMPLE = Example([
    Case("hits", (np.array([1.0, 0.0, 4.0]),), fails=REFUSED, bench=lambda size: (np.arange(size) % 3.0,)),
    Case("histogram", (np.array([1, 3, 3, 0]),), fails=REFUSED, bench=lambda size: (np.arange(size) % 4,)),
])


if __name__ == "__main__":
    run_example(__file__)
