import jax
import jax.numpy as jnp


@jax.jit
def matrix_power(matrix, n):
    result = jnp.eye(2)
    for _ in range(n):  # [jax-traced-range]
        result = result @ matrix
    return result


@jax.jit
def swing(angle, speed, steps):
    """The angles of a pendulum, step by step."""
    angles = []
    for _ in range(steps):  # [jax-traced-range]
        speed = speed - 0.1 * jnp.sin(angle)
        angle = angle + 0.1 * speed
        angles.append(angle)
    return jnp.stack(angles)
