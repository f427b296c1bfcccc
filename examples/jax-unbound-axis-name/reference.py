import numpy as np

from jaxlint.verify import Case, Close, Example, Raises, run_example


def normalize(batch):
    return batch - np.mean(batch, axis=0)


def shares(weights):
    return weights / np.sum(weights)


UNBOUND = Raises("NameError", "unbound axis name")
BATCH = np.array([[1.0, 2.0, 4.0], [3.0, 0.0, 1.0]], np.float32)

EXAMPLE = Example([
    Case("normalize", (BATCH,), fails=UNBOUND),
    Case("shares", (BATCH[0],), fails=UNBOUND, same=Close(rtol=1e-5)),
])

if __name__ == "__main__":
    run_example(__file__)
