import jax
import jax.numpy as jnp


def init_weights(key, rows, columns):
    return jax.random.normal(key, (rows, columns))


def jitter(key, points):
    return points + jax.random.uniform(key, minval=-0.1, maxval=0.1)


def init_bias(key, size):
    (subkey,) = jax.random.split(key, 1)
    return jax.random.normal(subkey, (size,)) * jnp.sqrt(2.0)
