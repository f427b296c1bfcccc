import jax
import jax.numpy as jnp


def slope(x):
    return jax.grad(lambda v: (v**2).sum())(jnp.full(3, x))


def fit(weights):
    def loss(w):
        residual = w - 1.0
        return (residual**2).sum(), residual

    gradient, residual = jax.grad(loss, has_aux=True)(weights)
    return gradient
