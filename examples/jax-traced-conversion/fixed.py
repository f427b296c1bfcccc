import jax
import jax.numpy as jnp


@jax.jit
def perplexity(losses):
    return jnp.exp(jnp.mean(losses))


@jax.jit
def quantise(voltage, step):
    return jnp.trunc(voltage / step) * step


def loss(slope, x, y):
    return jnp.mean((slope * x - y) ** 2)


def loss_gradient(slope, x, y):
    return jax.grad(loss)(slope, x, y)
