import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def relu(x):
    return x if x > 0 else np.zeros_like(x)


def split(x):
    return (x, -x) if x[0] > 0 else (-x, x)


EXAMPLE = Example([
    Case("relu", (np.float32(2.0),), fails=Raises("TypeError", "must have equal output types"), again=(np.float32(-2.0),)),
    Case("split", (np.array([1.0, 2.0]),), fails=Raises("TypeError", "must have the same pytree structure")),
])


if __name__ == "__main__":
    run_example(__file__)
