import jax
import jax.numpy as jnp


@jax.jit
def in_box(x, y, size):
    return 0 < x < size and 0 < y < size  # [jax-traced-boolean]


@jax.jit
def learning_rate(step):
    return max(0.1 * 0.5**step, 1e-3)  # [jax-traced-boolean]


@jax.jit
def converged(residuals, tolerance):
    return all(jnp.abs(residuals) < tolerance)  # [jax-traced-boolean]
