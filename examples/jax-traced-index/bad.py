import jax
import jax.numpy as jnp

GAINS = [0.5, 1.0, 2.0]
FORCES = (jnp.sin, jnp.tanh, jnp.negative)
FARES = {1: 2.5, 2: 4.0, 5: 8.0}


@jax.jit
def amplify(signal, level):
    return signal * GAINS[level]  # [jax-traced-index]


@jax.jit
def accelerate(velocity, position, kind):
    return velocity + 0.1 * FORCES[kind](position)  # [jax-traced-index]


@jax.jit
def fare(zones: jax.Array, passengers):
    return passengers * FARES[zones]  # [jax-traced-index]
