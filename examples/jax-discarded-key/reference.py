import numpy as np

from jaxlint.verify import Case, Example, Key, SameDistribution, Silent, run_example


def measure(rng, step, signal):
    return signal + rng.normal(size=signal.shape)


def coin_flips(rng, rounds):
    return np.array([rng.random() < 0.5 for _ in range(rounds)])


def _ignores_the_step(measure, key, step, signal):
    return bool((measure(key, step, signal) == measure(key, step + 1, signal)).all())


SIGNAL = np.array([1.0, -1.0])

EXAMPLE = Example([
    Case(
        "measure",
        (Key(0), 3, SIGNAL),
        again=(Key(0), 4, SIGNAL),
        same=SameDistribution(),
        fails=Silent("every step has the same noise", shows=_ignores_the_step),
    ),
    Case(
        "coin_flips",
        (Key(0), 4),
        static=("rounds",),
        same=SameDistribution(),
        fails=Silent("all rounds show the same side"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
