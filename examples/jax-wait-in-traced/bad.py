import jax
import jax.numpy as jnp


@jax.jit
def _wave(x):
    return jax.device_get(jnp.sin(x))  # [jax-wait-in-traced]


def wave_on_host(x):
    y = _wave(x)
    return y, not isinstance(y, jax.Array)


@jax.jit
def _powers(x):
    return jax.device_get([x, x**2])  # [jax-wait-in-traced]


def powers_on_host(x):
    powers = _powers(x)
    return powers, not isinstance(powers[0], jax.Array)
