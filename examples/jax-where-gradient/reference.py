import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def slope(p):
    return np.array([-np.log(value) - 1 if value > 0 else 0.0 for value in p])


EXAMPLE = Example([
    Case(
        "slope", (np.array([0.0, 0.25, 0.75]),), fails=Silent("the gradient is NaN where p is zero"),
        bench=lambda size: (np.linspace(0.0, 1.0, size),),
    ),
])


if __name__ == "__main__":
    run_example(__file__)
