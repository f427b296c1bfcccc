import jax
import jax.numpy as jnp
from jax.experimental.checkify import check, checkify, debug_check


@jax.jit
@checkify
def checked_entropy(p):
    assert p.ndim == 1, "one distribution"
    check(jnp.all(p > 0), "probabilities are positive")
    return -jnp.sum(p * jnp.log(p))


def entropy(p):
    error, value = checked_entropy(p)
    error.throw()
    return value


@jax.jit
def discounted(rewards, gamma):
    """The check costs nothing, and does nothing, unless a caller puts `checkify` around the function."""
    debug_check(gamma < 1, "later rewards count less")
    return jnp.sum(rewards * gamma ** jnp.arange(len(rewards)))
