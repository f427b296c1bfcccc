import jax
import jax.numpy as jnp


@jax.jit
def dropout(activations):
    key = jax.random.key(0)  # [jax-constant-key]
    keep = jax.random.bernoulli(key, 0.8, activations.shape)
    return jnp.where(keep, activations / 0.8, 0.0)


def _shuffled(samples):
    return jax.random.permutation(jax.random.key(42), samples)  # [jax-constant-key]


def epochs(samples, count):
    """The samples, `count` times, each time in another order."""
    return jnp.concatenate([_shuffled(samples) for _ in range(count)])
