import numpy as np

from jaxlint.verify import Case, Example, SameDistribution, Seed, Silent, run_example


def shuffled(seed, items):
    return np.random.default_rng(seed).permutation(items)


EXAMPLE = Example([
    Case(
        "shuffled",
        (Seed(0), np.array([1, 2, 3, 4])),
        same=SameDistribution(),
        fails=Silent("a raw key is two integers, the first is 0 for every small seed: all seeds shuffle alike"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
