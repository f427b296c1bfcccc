from functools import partial

import jax
import jax.numpy as jnp


@jax.jit
def matrix_power(matrix, n):
    return jax.lax.fori_loop(0, n, lambda _, result: result @ matrix, jnp.eye(2))


@partial(jax.jit, static_argnames="steps")
def swing(angle, speed, steps):
    """The angles of a pendulum, step by step."""

    def step(state, _):
        angle, speed = state
        speed = speed - 0.1 * jnp.sin(angle)
        angle = angle + 0.1 * speed
        return (angle, speed), angle

    return jax.lax.scan(step, (angle, speed), length=steps)[1]
