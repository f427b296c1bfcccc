import jax
import jax.numpy as jnp


def fit(weights, inputs, targets):
    def loss(weights):
        error = inputs @ weights - targets
        return jnp.mean(error**2), error

    gradient, _ = jax.grad(loss, has_aux=True)(weights)
    return weights - 0.5 * gradient


def force(position):
    def energy(position):
        return 0.5 * jnp.sum(position**2)

    return -jax.grad(energy)(position)
