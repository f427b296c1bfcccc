import jax
import jax.numpy as jnp


def norm(vector):
    match vector:
        case [x, y]:  # [jax-traced-pattern]
            return jnp.hypot(x, y)
        case _:
            return jnp.zeros(())


@jax.jit
def speed(velocity):
    return norm(0.5 * velocity)


@jax.jit
def double(value):
    match value:
        case float():  # [jax-traced-pattern]
            return 2.0 * value
        case _:
            return value
