import jax
import jax.numpy as jnp


@jax.jit
def entropy(p):
    assert p.ndim == 1, "one distribution"
    assert jnp.all(p > 0), "probabilities are positive"  # [jax-traced-assert]
    return -jnp.sum(p * jnp.log(p))


@jax.jit
def discounted(rewards, gamma):
    assert gamma < 1, "later rewards count less"  # [jax-traced-assert]
    return jnp.sum(rewards * gamma ** jnp.arange(len(rewards)))
