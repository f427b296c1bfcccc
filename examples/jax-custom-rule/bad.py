import jax
import jax.numpy as jnp


@jax.custom_vjp
def smooth_abs(x, width):
    return jnp.sqrt(x * x + width * width)


def forward(x, width):
    return smooth_abs(x, width), (x, width)


def backward(kept, g):  # [jax-custom-rule]
    x, width = kept
    return (g * x / jnp.sqrt(x * x + width * width),)


smooth_abs.defvjp(forward, backward)


def slope(x, width):
    return jax.grad(smooth_abs)(x, width)


@jax.custom_jvp
def log_cosh(x):
    return jnp.log(jnp.cosh(x))


@log_cosh.defjvp
def log_cosh_jvp(primals, tangents):  # [jax-custom-rule]
    return jnp.tanh(primals[0]) * tangents[0]


def steepness(x):
    return jax.grad(log_cosh)(x)
