import numpy as np

from jaxlint.verify import Case, Example, Key, SameDistribution, Silent, run_example


def drops(key, x, count):
    return np.where(key.random((count, *x.shape)) < 0.5, 0.0, x / 0.5)


def walk(key, x, count):
    for _ in range(count):
        x = x + key.normal(size=x.shape)
    return x


def _drops_alike(function, *args):
    first, second = function(*args)[:2]
    return bool((first == second).all())


def _goes_straight(function, key, x, count):
    return bool(np.allclose(function(key, x, 2) - x, 2 * (function(key, x, 1) - x), atol=1e-4))


X = np.linspace(1.0, 2.0, 20)

EXAMPLE = Example([
    Case("drops", (Key(0), X, 3), static=("count",), fails=Silent("the same units are left out in each step", shows=_drops_alike), same=SameDistribution()),
    Case("walk", (Key(0), X, 3), static=("count",), fails=Silent("each step is the same", shows=_goes_straight), same=SameDistribution()),
], needs=("flax",))

if __name__ == "__main__":
    run_example(__file__)
