import jax
import jax.numpy as jnp


@jax.jit
def drag(speed):
    return jax.lax.cond(speed > 1.0, lambda: 0.5, lambda: 0.0)


@jax.jit
def window(signal, number):
    kinds = [jnp.ones(4), jnp.array([0.5, 1.0, 0.5, 0.0])]
    return jnp.sum(signal[0] * jax.lax.switch(number, [lambda: kinds[0], lambda: kinds[1]]))


@jax.jit
def kick(position, velocity):
    def bounce(position, velocity):
        return -position, -velocity

    def fly(position, velocity):
        return jnp.add(position, velocity), velocity

    return jax.lax.cond(position < 0, bounce, fly, position, velocity)
