import jax
import jax.numpy as jnp

steps = 0


@jax.jit
def sgd_step(weights, gradient):
    global steps
    steps += 1  # [jax-captured-state-write]
    return weights - 0.1 * gradient


def train(weights, gradients):
    """The weights after the descent, and how many steps it took."""
    for gradient in gradients:
        weights = sgd_step(weights, gradient)
    return weights, steps


@jax.jit
def forward(x, matrices):
    """The output of a network, and the number of multiplications that it costs."""
    cost = {"multiplications": 0}

    def layer(x, matrix):
        cost["multiplications"] += matrix.size  # [jax-captured-state-write]
        return jnp.tanh(matrix @ x), None

    x, _ = jax.lax.scan(layer, x, matrices)
    return x, cost["multiplications"]
