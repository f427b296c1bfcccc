import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def fit(x, y):
    slope = offset = 0.0
    for _ in range(20):
        error = x * slope + offset - y
        slope -= 0.1 * np.mean(error * x)
        offset -= 0.1 * np.mean(error)
    return {"slope": slope, "offset": offset}


def bounces(start):
    return [start, 0.8 * start, 0.8**2 * start, 0.8**3 * start]


EXAMPLE = Example([
    Case(
        "fit",
        (np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0])),
        fails=Silent("the parameters stay zero"),
        plain_python=True,
    ),
    Case("bounces", (np.array(2.0),), fails=Silent("the list keeps its one height"), plain_python=True),
])

if __name__ == "__main__":
    run_example(__file__)
