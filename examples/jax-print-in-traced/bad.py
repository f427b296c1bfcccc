import logging

import jax
import jax.numpy as jnp

log = logging.getLogger(__name__)


@jax.jit
def squared_error(prediction, target):
    loss = jnp.mean((prediction - target) ** 2)
    print("loss", loss)  # [jax-print-in-traced]
    return loss


@jax.jit
def cool(tea, room):
    """The temperature of a cup of tea after three minutes."""

    def minute(_, tea):
        tea = tea - 0.25 * (tea - room)
        print("tea", tea)  # [jax-print-in-traced]
        return tea

    return jax.lax.fori_loop(0, 3, minute, tea)


@jax.jit
def clip(gradient, limit):
    norm = jnp.sqrt(jnp.sum(gradient**2))
    log.info("gradient norm %s", norm)  # [jax-print-in-traced]
    return gradient * jnp.minimum(1.0, limit / norm)
