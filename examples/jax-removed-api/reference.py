import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def decayed(params, rate):
    return {name: value * (1 - rate) for name, value in params.items()}


def first_to_zero(x):
    x = x.copy()
    x[0] = 0.0
    return x


def area(heights):
    return np.trapezoid(heights)


EXAMPLE = Example([
    Case("decayed", ({"w": np.array([1.0, 2.0])}, 0.1), fails=Raises("AttributeError", "tree_map")),
    Case("first_to_zero", (np.array([3.0, 4.0]),), fails=Raises("AttributeError", "index_update")),
    Case("area", (np.array([1.0, 3.0, 2.0]),), fails=Raises("AttributeError", "trapz")),
])

if __name__ == "__main__":
    run_example(__file__)
