import numpy as np

from jaxlint.verify import Case, Close, Example, Raises, run_example


def running_total(steps):
    return np.cumsum(steps)


def power(matrix, vector):
    for _ in range(3):
        vector = matrix @ vector
    return vector, np.linalg.norm(vector)


def decay(rounds):
    return 64 / 2**rounds


STEPS = np.array([1.0, 2.0, 4.0], np.float32)
MATRIX = np.array([[0.5, 0.25], [0.5, 0.75]], np.float32)
PAIR = Raises("TypeError", "must be a pair")
STRUCTURE = Raises("TypeError", "same pytree structure")
TYPES = Raises("TypeError", "must have equal types")

EXAMPLE = Example([
    Case("running_total", (STEPS,), fails=PAIR),
    Case("power", (MATRIX, np.array([1.0, 2.0], np.float32)), fails=STRUCTURE, same=Close(rtol=1e-5)),
    Case("decay", (3,), fails=TYPES, again=(4,)),
])

if __name__ == "__main__":
    run_example(__file__)
