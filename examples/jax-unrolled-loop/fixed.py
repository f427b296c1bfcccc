import jax
import jax.numpy as jnp


@jax.jit
def cool(temperature):
    return jax.lax.fori_loop(0, 100, lambda _, t: t - 0.01 * (t - 20.0), temperature)


@jax.jit
def polynomial(x):
    powers = jnp.arange(40)
    return jnp.sum(0.5**powers * x[:, None] ** powers, axis=1)
