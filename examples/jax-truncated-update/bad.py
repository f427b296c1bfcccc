import jax.numpy as jnp


def charge(capacity, level):
    cells = jnp.zeros(capacity, dtype=int)
    return cells.at[0].set(0.8).at[1].add(level)  # [jax-truncated-update]


def halved_first():
    counts = jnp.array([3, 4])
    return counts.at[0].multiply(0.5)  # [jax-truncated-update]
