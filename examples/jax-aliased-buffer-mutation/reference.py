import numpy as np

from jaxlint.verify import Case, Example, Host, Made, Silent, run_example


def load_pair(buffer, first, second):
    return np.stack([first, second])


def change_since(samples, step):
    return np.full_like(samples, step)


def _aligned_zeros(size):
    """Memory at a multiple of 64 bytes, which the CPU backend shares; whether np.zeros gives such memory is luck."""
    memory = np.zeros(4 * size + 64, dtype=np.uint8)
    start = -memory.ctypes.data % 64
    return memory[start : start + 4 * size].view(np.float32)


BUFFER = Made(lambda side: _aligned_zeros(4))
FIRST, SECOND = Host(np.array([1.0, 2.0, 3.0, 4.0], np.float32)), Host(np.array([5.0, 6.0, 7.0, 8.0], np.float32))

EXAMPLE = Example([
    Case("load_pair", (BUFFER, FIRST, SECOND), plain_python=True, fails=Silent("both rows are the second record")),
    Case("change_since", (BUFFER, 0.5), plain_python=True, fails=Silent("the change is zero")),
])

if __name__ == "__main__":
    run_example(__file__)
