import jax
import jax.numpy as jnp


@jax.jit
def throw(velocity: jax.Array, dt):
    return velocity + jnp.array([0.0, -9.81 * dt])


@jax.jit
def ends(signal: jax.Array):
    return signal[jnp.array([0, -1])]


def squared_error(params, x, y):
    return jnp.mean((params["slope"] * x + params["offset"] - y) ** 2)


@jax.jit
def fit_step(slope, offset, x, y):
    params = {"slope": slope, "offset": offset}
    grads = jax.grad(squared_error)(params, x, y)
    return jax.tree.map(lambda param, grad: param - 0.1 * grad, params, grads)
