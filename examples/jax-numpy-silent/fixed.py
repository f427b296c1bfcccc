import jax
import jax.numpy as jnp


@jax.jit
def is_settled(before, after):
    return jnp.array_equal(before, after)


@jax.jit
def is_uniform(board):
    return jnp.array_equiv(board, board[0])
