import jax
import jax.numpy as jnp

GOAL = jnp.array([4, 4])


def reward(position: jax.Array):
    if position == GOAL:  # [jax-array-truth]
        return 1.0
    return -0.1


def box(low, high):
    x = jnp.linspace(0.0, 1.0, 11)
    return jnp.where(x > low and x < high, 1.0, 0.0)  # [jax-array-truth]


def noise(size, key=None, seed=0):
    key = key or jax.random.key(seed)  # [jax-array-truth]
    return jax.random.normal(key, (size,))


def measure(signal, seed):
    return signal + noise(len(signal), jax.random.key(seed))
