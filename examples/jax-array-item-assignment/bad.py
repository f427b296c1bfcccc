import jax.numpy as jnp


def heat_step(temperature, rate):
    """One step of the heat equation on a rod whose ends are kept at zero."""
    new = jnp.asarray(temperature)
    flow = temperature[:-2] - 2 * temperature[1:-1] + temperature[2:]
    new[1:-1] += rate * flow  # [jax-array-item-assignment]
    new[0] = 0.0  # [jax-array-item-assignment]
    new[-1] = 0.0  # [jax-array-item-assignment]
    return new


def count_words(words, size):
    counts = jnp.zeros(size, dtype=int)
    for word in words:
        counts[word] += 1  # [jax-array-item-assignment]
    return counts
