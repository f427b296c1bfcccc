import jax
import jax.numpy as jnp


@jax.jit
def in_box(x, y, size):
    return (x > 0) & (x < size) & (y > 0) & (y < size)


@jax.jit
def learning_rate(step):
    return jnp.maximum(0.1 * 0.5**step, 1e-3)


@jax.jit
def converged(residuals, tolerance):
    return jnp.all(jnp.abs(residuals) < tolerance)
