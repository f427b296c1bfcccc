import jax
import jax.numpy as jnp


@jax.jit
def silence(signal, threshold):
    """All zeros if the signal stays below the threshold."""
    quiet = jnp.zeros_like(signal)
    return jnp.where(jnp.max(jnp.abs(signal)) < threshold, quiet, signal)


@jax.jit
def close_ring(points):
    ring = jnp.append(points, 0.0)
    return ring.at[-1].set(points[0])


@jax.jit
def median_error(predicted, actual):
    errors = jnp.sort(jnp.abs(predicted - actual))
    return errors[len(errors) // 2]
