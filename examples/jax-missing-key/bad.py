import jax
import jax.numpy as jnp


def init_weights(rows, columns):
    return jax.random.normal((rows, columns))  # [jax-missing-key]


def jitter(points):
    return points + jax.random.uniform(-0.1, 0.1)  # [jax-missing-key]


def init_bias(key, size):
    subkey = jax.random.split(key, 1)
    return jax.random.normal(subkey, (size,)) * jnp.sqrt(2.0)  # [jax-missing-key]
