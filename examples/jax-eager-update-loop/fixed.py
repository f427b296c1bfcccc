import jax.numpy as jnp


def triangle(size):
    return jnp.cumsum(jnp.arange(size, dtype=float))


def histogram(words, size):
    return jnp.zeros(size, int).at[jnp.asarray(words)].add(1)


if __name__ == "__main__":
    print(triangle(5), histogram([1, 2, 1], 3))
