import haiku as hk
import jax
import jax.numpy as jnp


def _walk(x):
    def step(x, _):
        x = x + jax.random.normal(hk.next_rng_key(), dtype=x.dtype)
        return x, x

    return hk.scan(step, x, None, length=5)[1]


def walk(key, x):
    return hk.transform(_walk).apply({}, key, x)


def _thin(xs):
    def drop(x):
        return jnp.where(jax.random.bernoulli(hk.next_rng_key()), x, 0.0)

    return hk.map(drop, xs)


def thin(key, xs):
    return hk.transform(_thin).apply({}, key, xs)
