import jax
import jax.numpy as jnp


@jax.jit
def dropout(key, activations):
    keep = jax.random.bernoulli(key, 0.8, activations.shape)
    return jnp.where(keep, activations / 0.8, 0.0)


def _shuffled(key, samples):
    return jax.random.permutation(key, samples)


def epochs(key, samples, count):
    """The samples, `count` times, each time in another order."""
    return jnp.concatenate([_shuffled(epoch_key, samples) for epoch_key in jax.random.split(key, count)])
