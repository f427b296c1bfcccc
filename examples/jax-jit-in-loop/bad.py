import jax
import jax.numpy as jnp


def descend(x, rates):
    for rate in rates:
        x = jax.jit(lambda x: x - rate * 2 * x)(x)  # [jax-jit-in-loop]
    return x


def sum_again(x, times):
    for _ in range(times):
        _, x = jax.lax.scan(lambda total, item: (total + item, total + item), 0.0, x)  # [jax-jit-in-loop]
    return x


if __name__ == "__main__":
    print(descend(jnp.ones(3), jnp.array([0.1, 0.2, 0.3])), sum_again(jnp.arange(4.0), 3))
