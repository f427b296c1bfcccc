import time

import jax
import jax.numpy as jnp


@jax.jit
def timed_solve(matrix, rhs):
    start = time.perf_counter()  # [jax-clock-in-traced]
    solution = jnp.linalg.solve(matrix, rhs)
    seconds = time.perf_counter() - start  # [jax-clock-in-traced]
    print(f"solved in {seconds:.6f} s")
    return solution
