import haiku as hk
import jax
import jax.numpy as jnp


def project(key, x):
    network = hk.transform(lambda x: hk.Linear(2, w_init=hk.initializers.Constant(0.5))(x))
    params = network.init(key, x)
    return network.apply(params, None, x)


def _jitter(x):
    return x + jax.random.normal(hk.next_rng_key(), x.shape)


def jitter(key, x):
    return hk.transform(_jitter).apply({}, key, x)


if __name__ == "__main__":
    ones = jnp.ones((2, 3))
    print(project(jax.random.key(0), ones), jitter(jax.random.key(0), ones))
