import jax
import jax.numpy as jnp


def running_total(values):
    def body(total, value):
        return total + value, total + value

    return jax.lax.scan(body, 0.0, values)


def decayed(steps):
    return jax.lax.fori_loop(0, steps, lambda i, level: level * 0.5, jnp.float32(8))
