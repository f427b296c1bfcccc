import jax
import jax.numpy as jnp


def slope(x):
    return jax.grad(lambda v: v**2)(jnp.full(3, x))  # [jax-grad-output]


def fit(weights):
    def loss(w):
        residual = w - 1.0
        return (residual**2).sum(), residual

    return jax.grad(loss)(weights)  # [jax-grad-output]
