import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def slope(x):
    return np.cos(x)


def of_each(xs):
    return np.cos(xs)


EXAMPLE = Example([
    Case(
        "slope",
        (np.float32(0.5),),
        fails=Raises("ValueError", "Pure callbacks do not support JVP"),
        unmapped="its callback is for one value",
    ),
    Case("of_each", (np.array([0.0, 0.5, 1.0], np.float32),), fails=Raises("NotImplementedError", "vmap_method")),
])


if __name__ == "__main__":
    run_example(__file__)
