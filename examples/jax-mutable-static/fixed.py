import jax
import jax.numpy as jnp


@jax.jit
def _step(x, rate):
    return x - rate * 2 * x


def descend(x, rate, steps):
    for _ in range(steps):
        x = _step(x, rate)
        rate = rate / 2
    return x


@jax.jit
def _smooth(x, weight):
    return weight * x + (1 - weight) * jnp.mean(x)


def sharpen(x, weights):
    for weight in weights:
        x = _smooth(x, weight)
    return x


if __name__ == "__main__":
    print(descend(jnp.ones(3), 0.25, 3), sharpen(jnp.arange(3.0), (0.5, 2.0)))
