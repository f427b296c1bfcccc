import jax
import jax.numpy as jnp


@jax.jit
def add_noise(key, signal, scale):
    return signal + scale * jax.random.normal(key, signal.shape)


@jax.jit
def maybe_flip(key, image):
    return jnp.where(jax.random.bernoulli(key), image[:, ::-1], image)


@jax.jit
def dropout(key, activations):
    keep = jax.random.bernoulli(key, 0.8, activations.shape)
    return jnp.where(keep, activations / 0.8, 0.0)
