import functools

import jax
import jax.numpy as jnp


class Descent:
    def __init__(self, rate):
        self.rate = rate

    @functools.partial(jax.jit, static_argnums=0)
    def step(self, x):
        return x - self.rate * 2 * x  # [jax-mutable-static]

    def run(self, x, steps):
        for _ in range(steps):
            x = self.step(x)
            self.rate = self.rate / 2
        return x


def descend(x, rate, steps):
    return Descent(rate).run(x, steps)


class Filter:
    def __init__(self, weight):
        self.weight = weight


@functools.partial(jax.jit, static_argnames="settings")
def _smooth(x, settings):
    return settings.weight * x + (1 - settings.weight) * jnp.mean(x)  # [jax-mutable-static]


def sharpen(x, weights):
    settings = Filter(1.0)
    x = _smooth(x, settings)
    for weight in weights:
        settings.weight = weight
        x = _smooth(x, settings)
    return x


if __name__ == "__main__":
    print(descend(jnp.ones(3), 0.25, 3), sharpen(jnp.arange(3.0), (0.5, 2.0)))
