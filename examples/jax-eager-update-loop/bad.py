import jax.numpy as jnp


def triangle(size):
    numbers = jnp.zeros(size)
    for i in range(1, size):
        numbers = numbers.at[i].set(numbers[i - 1] + i)  # [jax-eager-update-loop]
    return numbers


def histogram(words, size):
    counts = jnp.zeros(size, int)
    for word in words:
        counts = counts.at[word].add(1)  # [jax-eager-update-loop]
    return counts


if __name__ == "__main__":
    print(triangle(50), histogram([1, 2, 1] * 8, 3))
