import functools

import jax
import jax.numpy as jnp


@functools.partial(jax.jit, static_argnames="step")
def _decayed(x, step):
    return x - x / (step + 2)


def decay(x, steps):
    for step in range(steps):
        x = _decayed(x, step)  # [jax-varying-static]
    return x


@functools.partial(jax.jit, static_argnames="force")
def _moved(x, force):
    return x + 0.1 * force(x)


def pull(x, steps):
    for _ in range(steps):
        x = _moved(x, lambda y: -y)  # [jax-varying-static]
    return x


if __name__ == "__main__":
    print(decay(jnp.ones(3), 5), pull(jnp.ones(3), 5))
