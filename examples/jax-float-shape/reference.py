import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def halves(values):
    return values.reshape(2, values.shape[0] // 2).sum(axis=1)


def padded(values, share=0.5):
    return np.concatenate([values, np.zeros(values.shape[0] // 2)]) * share


VALUES = np.array([1.0, 2.0, 4.0, 8.0])
REFUSED = Raises("TypeError", "Shapes must be 1D sequences of concrete values of integer type")

EXAMPLE = Example([Case("halves", (VALUES,), fails=REFUSED), Case("padded", (VALUES,), fails=REFUSED)])


if __name__ == "__main__":
    run_example(__file__)
