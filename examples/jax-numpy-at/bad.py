import jax
import numpy as np


@jax.jit
def one_hot(labels):
    rows = np.arange(len(labels))
    table = np.zeros((len(labels), 4))
    return table.at[rows, labels].set(1.0)  # [jax-numpy-at]


@jax.jit
def mark_visited(visited):
    seen = [False] * 5
    return seen.at[visited].set(True)  # [jax-numpy-at]
