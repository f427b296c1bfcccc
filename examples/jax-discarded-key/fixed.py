import jax
import jax.numpy as jnp


def measure(key, step, signal):
    key = jax.random.fold_in(key, step)
    return signal + jax.random.normal(key, signal.shape)


def coin_flips(key, rounds):
    flips = []
    for i in range(rounds):
        round_key = jax.random.fold_in(key, i)
        flips.append(jax.random.bernoulli(round_key))
    return jnp.stack(flips)
