import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def triangle(size):
    return np.cumsum(np.arange(size, dtype=float))


def histogram(words, size):
    return np.bincount(words, minlength=size)


def _copies_each_step(function, *args):
    """The program of the loop holds a scatter for each step, each of which makes a new array outside of jit."""
    program = jax.make_jaxpr(lambda: function(*args))()
    return str(program).count("scatter") >= 5


COPIES = Silent("each step makes another array", shows=_copies_each_step)

EXAMPLE = Example([
    Case("triangle", (6,), static=("size",), fails=COPIES, bench=lambda size: (size,)),
    Case("histogram", ([1, 2, 1, 0, 2], 3), static=("size",), fails=COPIES),
])

if __name__ == "__main__":
    run_example(__file__)
