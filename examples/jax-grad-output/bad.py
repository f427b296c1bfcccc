import jax
import jax.numpy as jnp


def fit(weights, inputs, targets):
    def loss(weights):
        error = inputs @ weights - targets
        return jnp.mean(error**2), error

    return weights - 0.5 * jax.grad(loss)(weights)  # [jax-grad-output]


def force(position):
    def energy(position):
        return {"spring": 0.5 * jnp.sum(position**2)}

    return -jax.grad(energy)(position)  # [jax-grad-output]
