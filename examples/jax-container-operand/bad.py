import jax
import jax.numpy as jnp


@jax.jit
def throw(velocity: jax.Array, dt):
    return velocity + [0.0, -9.81 * dt]  # [jax-container-operand]


@jax.jit
def ends(signal: jax.Array):
    return signal[[0, -1]]  # [jax-container-operand]


def squared_error(params, x, y):
    return jnp.mean((params["slope"] * x + params["offset"] - y) ** 2)


@jax.jit
def fit_step(slope, offset, x, y):
    params = {"slope": slope, "offset": offset}
    grads = jax.grad(squared_error)(params, x, y)
    return params - 0.1 * grads  # [jax-container-operand]
