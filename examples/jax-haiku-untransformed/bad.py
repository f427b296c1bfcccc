import haiku as hk
import jax
import jax.numpy as jnp


def project(key, x):
    layer = hk.Linear(2, w_init=hk.initializers.Constant(0.5))  # [jax-haiku-untransformed]
    return layer(x)


def jitter(key, x):
    noise = jax.random.normal(hk.next_rng_key(), x.shape)  # [jax-haiku-untransformed]
    return x + noise


if __name__ == "__main__":
    ones = jnp.ones((2, 3))
    print(project(jax.random.key(0), ones), jitter(jax.random.key(0), ones))
