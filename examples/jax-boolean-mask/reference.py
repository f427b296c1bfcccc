import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def positive_sum(values):
    return values[values > 0].sum()


def without_gaps(signal):
    signal = signal.copy()
    signal[np.isnan(signal)] = 0.0
    return signal


REFUSED = Raises("jax.errors.NonConcreteBooleanIndexError", "Array boolean indices must be concrete")

EXAMPLE = Example([
    Case("positive_sum", (np.arange(-3.0, 5.0),), devices=8, fails=REFUSED, bench=lambda size: (np.linspace(-1.0, 1.0, size),)),
    Case(
        "without_gaps", (np.array([1.0, np.nan, 4.0]),), fails=REFUSED,
        bench=lambda size: (np.where(np.arange(size) % 7 == 0, np.nan, 1.0),),
    ),
])


if __name__ == "__main__":
    run_example(__file__)
