import numpy as np

from jaxlint.verify import Case, Example, Key, SameDistribution, Silent, run_example


def dropout(rng, activations):
    keep = rng.random(activations.shape) < 0.8
    return np.where(keep, activations / 0.8, 0.0)


def epochs(rng, samples, count):
    return np.concatenate([rng.permutation(samples) for _ in range(count)])


ACTIVATIONS, SAMPLES = np.array([1.0, 2.0, 3.0]), np.array([1, 2, 3, 4])

EXAMPLE = Example([
    Case(
        "dropout",
        (Key(0), ACTIVATIONS),
        bad_args=(ACTIVATIONS,),
        same=SameDistribution(),
        fails=Silent("every call drops the same units"),
    ),
    Case(
        "epochs",
        (Key(0), SAMPLES, 3),
        bad_args=(SAMPLES, 3),
        static=("count",),
        same=SameDistribution(),
        fails=Silent("every epoch has the same order"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
