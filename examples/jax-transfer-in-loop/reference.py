import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def blur(signal, times):
    for _ in range(times):
        signal = np.convolve(signal, [0.25, 0.5, 0.25], mode="same")
    return signal


def drift(position, times):
    for _ in range(times):
        position = position + 0.1 * np.ones((2, 2)) @ position
    return position


def _sends_when_warm(function, *args):
    """Whether compiled code is given data of the host, which JAX can be told to refuse."""
    function(*args)
    made = {"kernel": jax.numpy.array, "ones": jax.numpy.ones}
    array, ones = made["kernel"]([0.25, 0.5, 0.25], float), made["ones"]((2, 2))
    kept = jax.numpy.array, jax.numpy.ones
    jax.numpy.array, jax.numpy.ones = lambda *a: array, lambda *a: ones
    try:
        with jax.transfer_guard_host_to_device("disallow"):
            function(*args)
    except jax.errors.JaxRuntimeError:
        return True
    finally:
        jax.numpy.array, jax.numpy.ones = kept
    return False


SENDS = Silent("each step sends the data again", shows=_sends_when_warm)

EXAMPLE = Example([
    Case("blur", (np.array([0.0, 1.0, 0.0, 2.0]), 3), fails=SENDS, plain_python=True),
    Case("drift", (np.array([1.0, 2.0]), 3), fails=SENDS, plain_python=True),
])

if __name__ == "__main__":
    run_example(__file__)
