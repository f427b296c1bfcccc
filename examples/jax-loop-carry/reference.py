import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def running_total(values):
    return values.sum(), np.cumsum(values)


def decayed(steps):
    return np.float32(8) * 0.5**steps


EXAMPLE = Example([
    Case(
        "running_total", (np.array([1.0, 2.0, 4.0]),), fails=Raises("TypeError", "scan body output must be a pair"),
        bench=lambda size: (np.linspace(0.0, 1.0, size),),
    ),
    Case("decayed", (3,), fails=Raises("TypeError", "carry input and carry output must have equal types"), again=(2,)),
])


if __name__ == "__main__":
    run_example(__file__)
