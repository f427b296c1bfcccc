import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def parameter_count(params):
    return sum(value.size for value in params.values())


EXAMPLE = Example([
    Case(
        "parameter_count",
        ({"w": np.ones((2, 3)), "b": np.ones(3)},),
        fails=Raises("AttributeError", "flatten_util"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
