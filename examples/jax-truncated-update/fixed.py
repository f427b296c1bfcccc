import jax.numpy as jnp


def charge(capacity, level):
    cells = jnp.zeros(capacity)
    return cells.at[0].set(0.8).at[1].add(level)


def halved_first():
    counts = jnp.array([3.0, 4.0])
    return counts.at[0].multiply(0.5)
