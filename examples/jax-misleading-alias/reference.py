import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def kinetic_energy(mass, velocity):
    return 0.5 * mass * np.sum(velocity**2)


def step(height):
    return np.where(height > 0, 1.0, 0.0)


EXAMPLE = Example([
    Case("kinetic_energy", (2.0, np.array([1.0, 2.0])), fails=Raises("AttributeError", "sum")),
    Case("step", (np.array([-1.0, 2.0]),), fails=Raises("AttributeError", "where")),
])

if __name__ == "__main__":
    run_example(__file__)
