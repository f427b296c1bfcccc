import math

import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def perplexity(losses):
    return math.exp(np.mean(losses))


def quantise(voltage, step):
    return int(voltage / step) * step


REFUSED = Raises("jax.errors.ConcretizationTypeError", "Abstract tracer value encountered where concrete")

EXAMPLE = Example([
    Case("perplexity", (np.array([0.5, 1.0, 1.5]),), fails=REFUSED, bench=lambda size: (np.linspace(0.5, 1.5, size),)),
    Case("quantise", (-1.3, 0.5), fails=REFUSED, again=(2.6, 0.25)),
])

if __name__ == "__main__":
    run_example(__file__)
