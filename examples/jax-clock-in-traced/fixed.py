import time

import jax
import jax.numpy as jnp

solve = jax.jit(jnp.linalg.solve)


def timed_solve(matrix, rhs):
    jax.block_until_ready(solve(matrix, rhs))
    start = time.perf_counter()
    solution = jax.block_until_ready(solve(matrix, rhs))
    seconds = time.perf_counter() - start
    print(f"solved in {seconds:.6f} s")
    return solution
