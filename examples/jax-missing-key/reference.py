import numpy as np

from jaxlint.verify import Case, Example, Key, Raises, SameDistribution, run_example


def init_weights(rng, rows, columns):
    return rng.normal(size=(rows, columns))


def jitter(rng, points):
    return points + rng.uniform(-0.1, 0.1)


def init_bias(rng, size):
    return rng.normal(size=size) * np.sqrt(2.0)


POINTS = np.array([0.5, 0.25])

EXAMPLE = Example([
    Case(
        "init_weights",
        (Key(0), 2, 3),
        bad_args=(2, 3),
        static=("rows", "columns"),
        same=SameDistribution(),
        fails=Raises("TypeError", "unexpected PRNG key type <class 'tuple'>"),
    ),
    Case(
        "jitter",
        (Key(0), POINTS),
        bad_args=(POINTS,),
        same=SameDistribution(),
        fails=Raises("TypeError", "JAX encountered invalid PRNG key data"),
    ),
    Case(
        "init_bias",
        (Key(0), 3),
        static=("size",),
        same=SameDistribution(),
        fails=Raises("ValueError", "normal accepts a single key, but was given a key array"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
