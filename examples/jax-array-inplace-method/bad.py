import jax
import jax.numpy as jnp


@jax.jit
def silence(signal, threshold):
    """All zeros if the signal stays below the threshold."""
    quiet = jnp.array(signal)
    quiet.fill(0.0)  # [jax-array-inplace-method]
    return jnp.where(jnp.max(jnp.abs(signal)) < threshold, quiet, signal)


@jax.jit
def close_ring(points):
    ring = jnp.append(points, 0.0)
    ring.put(-1, points[0])  # [jax-array-inplace-method]
    return ring


@jax.jit
def median_error(predicted, actual):
    errors = jnp.abs(predicted - actual)
    errors.sort()  # [jax-discarded-update]
    return errors[len(errors) // 2]
