import numpy as np

from jaxlint.verify import Case, Example, Host, Silent, run_example


def load_pair(first, second):
    return np.stack([first, second])


def change_after(step):
    return np.full(4, step)


FIRST, SECOND = Host(np.array([1.0, 2.0, 3.0, 4.0], np.float32)), Host(np.array([5.0, 6.0, 7.0, 8.0], np.float32))

EXAMPLE = Example([
    Case("load_pair", (FIRST, SECOND), plain_python=True, fails=Silent("both rows are the second record")),
    Case("change_after", (0.5,), plain_python=True, fails=Silent("the change is zero")),
])

if __name__ == "__main__":
    run_example(__file__)
