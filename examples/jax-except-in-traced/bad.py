import jax
import jax.numpy as jnp
import numpy as np


@jax.jit
def odds(wins, losses):
    try:
        return wins / losses
    except ZeroDivisionError:  # [jax-except-in-traced]
        return 0.0


@jax.jit
def cholesky(covariance):
    """The Cholesky factor, of a slightly larger matrix where there is none."""
    try:
        return jnp.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:  # [jax-except-in-traced]
        return jnp.linalg.cholesky(covariance + 0.1 * jnp.eye(len(covariance)))
