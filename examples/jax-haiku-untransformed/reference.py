import numpy as np

from jaxlint.verify import Case, Example, Key, Raises, SameDistribution, run_example


def project(key, x):
    return x @ np.full((x.shape[-1], 2), 0.5)


def jitter(key, x):
    return x + key.normal(size=x.shape)


EXAMPLE = Example([
    Case("project", (Key(0), np.array([[1.0, 2.0], [3.0, 5.0]])), fails=Raises("ValueError", "inside an `hk.transform`")),
    Case(
        "jitter",
        (Key(0), np.array([1.0, 2.0])),
        fails=Raises("ValueError", "must be used as part of an `hk.transform`"),
        same=SameDistribution(),
    ),
], needs=("haiku",))

if __name__ == "__main__":
    run_example(__file__)
