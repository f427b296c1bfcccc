import jax
import jax.numpy as jnp


@jax.jit
def _step(x, rate):
    return x - rate * 2 * x


def descend(x, rates):
    for rate in rates:
        x = _step(x, rate)
    return x


def _add(total, item):
    return total + item, total + item


def sum_again(x, times):
    for _ in range(times):
        _, x = jax.lax.scan(_add, 0.0, x)
    return x


if __name__ == "__main__":
    print(descend(jnp.ones(3), jnp.array([0.1, 0.2, 0.3])), sum_again(jnp.arange(4.0), 3))
