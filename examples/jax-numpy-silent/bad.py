import jax
import numpy as np


@jax.jit
def is_settled(before, after):
    return np.array_equal(before, after)  # [jax-numpy-silent]


@jax.jit
def is_uniform(board):
    return np.array_equiv(board, board[0])  # [jax-numpy-silent]
