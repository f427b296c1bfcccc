import jax
import jax.numpy as jnp


def settle(x):
    return jax.lax.fori_loop(0, 1000, lambda i, y: y - 0.01 * jnp.tanh(y), x)


@jax.jit
def relaxed(points):
    def relax(x):
        return jax.lax.cond(x > 1.0, settle, lambda x: x, x)

    return jax.lax.map(relax, points)
