import time

import jax
import jax.numpy as jnp


@jax.jit
def _settle(matrix):
    return jax.lax.fori_loop(0, 300, lambda _, m: m @ matrix / jnp.max(m), matrix)


def is_measured(matrix):
    _settle(matrix).block_until_ready()
    start = time.perf_counter()
    result = jax.block_until_ready(_settle(matrix))
    seconds = time.perf_counter() - start
    result.block_until_ready()
    return 2 * seconds > time.perf_counter() - start


def is_waited_for(matrix):
    _settle(matrix).block_until_ready()
    begin = time.time()
    result = jax.block_until_ready(_settle(matrix))
    end = time.time()
    ready = result.is_ready()
    return ready and end > begin and end - begin < 60.0
