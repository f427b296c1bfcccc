import jax
import jax.numpy as jnp


def root(x):
    return jax.lax.while_loop(lambda y: jnp.abs(y * y - x) > 1e-6 * x, lambda y: (y + x / y) / 2, x)


def slope(x):
    return jax.grad(root)(x)  # [jax-reverse-while]


def decayed(level, steps):
    return jax.lax.fori_loop(0, steps, lambda i, x: x * 0.5, level)


@jax.jit
def sensitivity(level, steps):
    return jax.grad(decayed)(level, steps)  # [jax-reverse-while]
