import jax
import jax.numpy as jnp


def norm(vector):
    match vector.shape:
        case (2,):
            return jnp.hypot(vector[0], vector[1])
        case _:
            return jnp.zeros(())


@jax.jit
def speed(velocity):
    return norm(0.5 * velocity)


@jax.jit
def double(value):
    if jnp.issubdtype(jnp.result_type(value), jnp.floating):
        return 2.0 * value
    return value
