import numpy as np

from jaxlint.verify import Case, Example, Key, SameDistribution, Silent, run_example


def scatter(rng, points):
    return points + rng.normal(size=points.shape)


def walks(rng, starts):
    return np.stack([start + rng.normal(size=3).cumsum() for start in starts])


POINTS, STARTS = np.array([[0.0, 1.0], [5.0, 5.0]]), np.array([0.0, 10.0])

EXAMPLE = Example([
    Case(
        
        "scatter",
        (Key(0), POINTS),
        same=SameDistribution(),
        fails=Silent("all points move by the same amount"),
        bench=lambda size: (Key(0), np.zeros((size // 2, 2))),
    ),
    Case("walks", (Key(0), STARTS), same=SameDistribution(), fails=Silent("all walks take the same steps")),
])

if __name__ == "__main__":
    run_example(__file__)
