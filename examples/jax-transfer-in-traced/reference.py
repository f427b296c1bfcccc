import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def smooth(signal):
    return signal - np.convolve(signal, np.ones(3) / 3, mode="same")


def momentum(velocity):
    return velocity


def _missing(method):
    return Raises("AttributeError", f"The '{method}' method is not available on")


EXAMPLE = Example([
    Case("smooth", (np.array([1.0, 4.0, 2.0, 0.0]),), fails=_missing("block_until_ready")),
    Case("momentum", (np.array([1.0, -2.0]),), fails=_missing("copy_to_host_async")),
])

if __name__ == "__main__":
    run_example(__file__)
