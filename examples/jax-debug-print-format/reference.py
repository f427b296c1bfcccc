import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example
from jaxlint.verify.evidence import printed


def euler_step(position, velocity, dt):
    position = position + dt * velocity
    print(f"position {position}")
    return position


def normalise(weights):
    total = np.sum(weights)
    print(f"total {total}")
    return weights / total


EXAMPLE = Example([
    Case(
        "euler_step",
        (np.array([0.0, 1.0]), np.array([1.0, 2.0]), 0.5),
        fails=Silent("it prints the tracer", shows=lambda step, *args: "position [" not in printed(step, *args)),
        prints=True,
    ),
    Case(
        "normalise",
        (np.array([1.0, 3.0]),),
        fails=Silent("it prints the tracer", shows=lambda step, *args: "total 4" not in printed(step, *args)),
        prints=True,
    ),
])

if __name__ == "__main__":
    run_example(__file__)
