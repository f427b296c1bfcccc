import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def project(x):
    return x @ np.full((x.shape[-1], 2), 0.5)


def output_of(x):
    return x.sum(axis=-1)


X = np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 5.0]])

EXAMPLE = Example([
    Case("project", (X,), fails=Raises("flax.errors.CallCompactUnboundModuleError", "unbound modules")),
    Case("output_of", (X,), fails=Raises("TypeError", "unsupported operand type")),
], needs=("flax",))

if __name__ == "__main__":
    run_example(__file__)
