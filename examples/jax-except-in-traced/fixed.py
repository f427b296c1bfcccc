import jax
import jax.numpy as jnp


@jax.jit
def odds(wins, losses):
    lost = losses != 0
    return jnp.where(lost, wins / jnp.where(lost, losses, 1), 0.0)


@jax.jit
def cholesky(covariance):
    """The Cholesky factor, of a slightly larger matrix where there is none."""
    factor = jnp.linalg.cholesky(covariance)
    larger = jnp.linalg.cholesky(covariance + 0.1 * jnp.eye(len(covariance)))
    return jnp.where(jnp.isfinite(factor).all(), factor, larger)
