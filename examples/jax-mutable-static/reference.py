import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def descend(x, rate, steps):
    for _ in range(steps):
        x = x - rate * 2 * x
        rate = rate / 2
    return x


def sharpen(x, weights):
    for weight in weights:
        x = weight * x + (1 - weight) * np.mean(x)
    return x


EXAMPLE = Example([
    Case("descend", (np.array([1.0, 2.0]), 0.25, 3), static=("steps",), fails=Silent("the first rate stays")),
    Case("sharpen", (np.arange(3.0), (0.5, 2.0, 0.25)), fails=Silent("the first weight stays")),
])

if __name__ == "__main__":
    run_example(__file__)
