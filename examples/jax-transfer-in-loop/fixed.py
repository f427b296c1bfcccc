import jax


@jax.jit
def _blur(kernel, signal):
    return jax.numpy.convolve(signal, kernel, mode="same")


def blur(signal, times):
    kernel = jax.numpy.array([0.25, 0.5, 0.25], float)
    for _ in range(times):
        signal = _blur(kernel, signal)
    return signal


@jax.jit
def _drift(field, position):
    return position + 0.1 * field @ position


def drift(position, times):
    field = jax.numpy.ones((2, 2))
    for _ in range(times):
        position = _drift(field, position)
    return position


if __name__ == "__main__":
    print(blur(jax.numpy.ones(5), 2), drift(jax.numpy.ones(2), 2))
