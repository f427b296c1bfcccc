import jax
import jax.numpy as jnp


def measure(key, step, signal):
    jax.random.fold_in(key, step)  # [jax-discarded-key]
    return signal + jax.random.normal(key, signal.shape)


def coin_flips(key, rounds):
    flips = []
    for i in range(rounds):
        jax.random.fold_in(key, i)  # [jax-discarded-key]
        flips.append(jax.random.bernoulli(key))  # [jax-key-reuse]
    return jnp.stack(flips)
