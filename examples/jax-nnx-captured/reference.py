import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def centre_all(batches):
    mean, centred = 0.0, []
    for x in batches:
        mean = 0.5 * mean + 0.5 * x.mean()
        centred.append(x - mean)
    return centred, mean


def count(batches):
    return batches.sum(), len(batches)


BATCHES = np.array([[1.0, 2.0], [3.0, 5.0], [0.0, 1.0]])
OTHER_LEVEL = Raises("flax.errors.TraceContextError", "from a different trace level")

EXAMPLE = Example([
    Case("centre_all", (BATCHES,), fails=OTHER_LEVEL, plain_python=True),
    Case("count", (BATCHES,), fails=OTHER_LEVEL),
], needs=("flax",))

if __name__ == "__main__":
    run_example(__file__)
