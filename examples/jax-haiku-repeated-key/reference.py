import numpy as np

from jaxlint.verify import Case, Example, Key, SameDistribution, Silent, run_example


def walk(key, x):
    return x + np.cumsum(key.normal(size=5))


def thin(key, xs):
    return np.where(key.random(xs.shape) < 0.5, xs, 0.0)


def _goes_straight(function, key, x):
    steps = np.diff(np.asarray(function(key, x)))
    return bool(np.allclose(steps, steps[0], atol=1e-4))


def _all_or_nothing(function, key, xs):
    kept = np.asarray(function(key, xs)) != 0
    return bool(kept.all() or not kept.any())


EXAMPLE = Example([
    Case("walk", (Key(0), np.float32(0.0)), fails=Silent("each step is the same", shows=_goes_straight), same=SameDistribution()),
    Case("thin", (Key(0), np.arange(1.0, 17.0)), fails=Silent("all are kept, or none", shows=_all_or_nothing), same=SameDistribution()),
], needs=("haiku",))

if __name__ == "__main__":
    run_example(__file__)
