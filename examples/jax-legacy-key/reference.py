import numpy as np

from jaxlint.verify import Case, Example, Raises, SameDistribution, Seed, Silent, run_example


def shuffled(seed, items):
    return np.random.default_rng(seed).permutation(items)


def noise_at(seed, step):
    return np.random.default_rng([seed, step]).normal(size=2)


def initial_state(seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=2), rng.normal(size=2)


EXAMPLE = Example([
    Case(
        "shuffled",
        (Seed(0), np.array([1, 2, 3, 4])),
        same=SameDistribution(),
        fails=Silent("a raw key is two integers, the first is 0 for every small seed: all seeds shuffle alike"),
    ),
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
