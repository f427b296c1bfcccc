import jax
import jax.numpy as jnp


def velocity(key):
    drawn = jax.random.uniform(key, (2,))
    return drawn[1] - drawn[0]


def marked(count):
    counts = jnp.zeros(3)
    return counts.at[2].set(count)
