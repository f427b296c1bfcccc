import time

import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example
from jaxlint.verify.evidence import finished, printed


def timed_solve(matrix, rhs):
    start = time.perf_counter()
    solution = np.linalg.solve(matrix, rhs)
    seconds = time.perf_counter() - start
    print(f"solved in {seconds:.6f} s")
    return solution


def _second_call_tells_nothing(timed_solve, *args):
    finished(timed_solve, *args)
    return "solved in" not in printed(timed_solve, *args)


EXAMPLE = Example([
    Case(
        "timed_solve",
        (np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([9.0, 8.0])),
        fails=Silent("the first call measures the tracing, a later one nothing", shows=_second_call_tells_nothing),
        plain_python=True,
    ),
])

if __name__ == "__main__":
    run_example(__file__)
