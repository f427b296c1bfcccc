import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def ramp(values, n):
    return values[:3] * np.arange(n)


def head_sum(values, n):
    return values.reshape(n, -1)[0].sum()


VALUES = np.array([1.0, 2.0, 4.0, 8.0])

EXAMPLE = Example([
    Case("ramp", (VALUES, 3), fails=Raises("jax.errors.ConcretizationTypeError", "Abstract tracer value encountered")),
    Case("head_sum", (VALUES, 2), fails=Raises("TypeError", "Shapes must be 1D sequences of concrete values")),
])


if __name__ == "__main__":
    run_example(__file__)
