import numpy as np

from jaxlint.verify import Case, Example, Raises, SameDistribution, Seed, run_example


def noise_at(seed, step):
    return np.random.default_rng([seed, step]).normal(size=2)


def initial_state(seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=2), rng.normal(size=2)


EXAMPLE = Example([
    Case(
        "noise_at",
        (Seed(0), 3),
        again=(Seed(0), 4),
        same=SameDistribution(),
        fails=Raises("TypeError", "add does not accept dtypes key<fry>"),
    ),
    Case(
        "initial_state",
        (Seed(0),),
        same=SameDistribution(),
        fails=Raises("IndexError", "Too many indices: array is 0-dimensional"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
