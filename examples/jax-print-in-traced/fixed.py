import logging

import jax
import jax.numpy as jnp

log = logging.getLogger(__name__)


@jax.jit
def squared_error(prediction, target):
    loss = jnp.mean((prediction - target) ** 2)
    jax.debug.print("loss {loss}", loss=loss)
    return loss


@jax.jit
def cool(tea, room):
    """The temperature of a cup of tea after three minutes."""

    def minute(_, tea):
        tea = tea - 0.25 * (tea - room)
        jax.debug.print("tea {tea}", tea=tea, ordered=True)
        return tea

    return jax.lax.fori_loop(0, 3, minute, tea)


@jax.jit
def clip(gradient, limit):
    norm = jnp.sqrt(jnp.sum(gradient**2))
    jax.debug.callback(lambda norm: log.info("gradient norm %s", norm), norm)
    return gradient * jnp.minimum(1.0, limit / norm)
