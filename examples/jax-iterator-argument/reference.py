import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def work(forces, distances):
    return sum(force * distance for force, distance in zip(forces, distances))


def energy(masses, speeds):
    return sum(0.5 * m * v**2 for m, v in zip(masses, speeds))


EXAMPLE = Example([
    Case(
        "work",
        (np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.5, 2.0])),
        fails=Raises("TypeError", "is not a valid JAX type"),
    ),
    Case(
        "energy",
        (np.array([1.0, 2.0]), np.array([3.0, 4.0])),
        fails=Raises("TypeError", "Error interpreting argument"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
