import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def normalise(weights):
    total = np.sum(weights)
    print(f"total {total}")
    return weights / total


def mean_energy(velocities):
    energy = 0.5 * np.mean(velocities**2)
    print(f"energy {energy}")
    return energy


EXAMPLE = Example([
    Case(
        "normalise",
        (np.array([1.0, 3.0]),),
        fails=Raises("ValueError", "Unused positional arguments to `jax.debug.print`"),
        prints=True,
    ),
    Case("mean_energy", (np.array([1.0, 3.0]),), fails=Raises("KeyError", "energy"), prints=True),
])

if __name__ == "__main__":
    run_example(__file__)
