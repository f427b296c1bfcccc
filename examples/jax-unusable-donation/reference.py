import numpy as np

from jaxlint.verify import Case, Example, Warns, run_example


def preview(offset):
    return np.full(4, offset)


def shifted(offset):
    return np.full((3, 3), 1 + offset)


USELESS = Warns("UserWarning", "Some donated buffers were not usable")

EXAMPLE = Example([
    Case("preview", (0.25,), plain_python=True, fails=USELESS),
    Case("shifted", (0.5,), plain_python=True, fails=USELESS),
])

if __name__ == "__main__":
    run_example(__file__)
