import jax.numpy as jnp


def heat_step(temperature, rate):
    """One step of the heat equation on a rod whose ends are kept at zero."""
    flow = temperature[:-2] - 2 * temperature[1:-1] + temperature[2:]
    new = temperature.at[1:-1].add(rate * flow)
    return new.at[jnp.array([0, -1])].set(0.0)


def count_words(words, size):
    return jnp.zeros(size, dtype=int).at[words].add(1)
