import jax
import jax.numpy as jnp


@jax.jit
def running_total(steps):
    def add(total, step):
        return total + step, total + step

    return jax.lax.scan(add, 0.0, steps)[1]


@jax.jit
def power(matrix, vector):
    def multiply(_, state):
        result = matrix @ state[0]
        return result, jnp.linalg.norm(result)

    return jax.lax.fori_loop(0, 3, multiply, (vector, 0.0))


@jax.jit
def decay(rounds):
    return jax.lax.fori_loop(0, rounds, lambda _, left: left / 2, jnp.float32(64))
