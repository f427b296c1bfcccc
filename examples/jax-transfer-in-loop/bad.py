import jax
import numpy as np


@jax.jit
def _blur(kernel, signal):
    return jax.numpy.convolve(signal, kernel, mode="same")


def blur(signal, times):
    kernel = np.array([0.25, 0.5, 0.25], np.float32)
    for _ in range(times):
        signal = _blur(kernel, signal)  # [jax-transfer-in-loop]
    return signal


@jax.jit
def _drift(field, position):
    return position + 0.1 * field @ position


def drift(position, times):
    field = np.ones((2, 2), np.float32)
    for _ in range(times):
        position = _drift(field, position)  # [jax-transfer-in-loop]
    return position


if __name__ == "__main__":
    print(blur(jax.numpy.ones(5), 2), drift(jax.numpy.ones(2), 2))
