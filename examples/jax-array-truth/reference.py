import numpy as np

from jaxlint.verify import Case, Example, Key, Raises, SameDistribution, run_example


def reward(position):
    return 1.0 if np.all(position == [4, 4]) else -0.1


def box(low, high):
    x = np.linspace(0.0, 1.0, 11)
    return np.where((x > low) & (x < high), 1.0, 0.0)


def noise(size, key=None, seed=0):
    return key.normal(size=size)


AMBIGUOUS = Raises("ValueError", "The truth value of an array with more than one element is ambiguous")

EXAMPLE = Example([
    Case("reward", (np.array([4, 4]),), fails=AMBIGUOUS, again=(np.array([4, 3]),)),
    Case("box", (0.25, 0.75), fails=AMBIGUOUS),
    Case(
        "noise",
        (3, Key(0)),
        static=("size",),
        fails=Raises("TypeError", "key array cannot be converted to boolean"),
        same=SameDistribution(),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
