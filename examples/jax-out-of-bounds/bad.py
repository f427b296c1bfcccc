import jax
import jax.numpy as jnp


def velocity(key):
    drawn = jax.random.uniform(key, (2,))
    return drawn[2] - drawn[1]  # [jax-out-of-bounds]


def marked(count):
    counts = jnp.zeros(3)
    return counts.at[3].set(count)  # [jax-out-of-bounds]
