import jax
import jax.numpy as jnp


def running_sums(values):
    sums = jnp.zeros(1)
    for value in values:
        sums = jnp.append(sums, sums[-1] + value)  # [jax-growing-array]
    return sums


def staircase(steps):
    stairs = jnp.zeros((0, 2))
    for step in range(steps):
        stair = jnp.full((1, 2), float(step))
        stairs = jnp.concatenate([stairs, stair])  # [jax-growing-array]
    return stairs


if __name__ == "__main__":
    print(running_sums(jax.numpy.arange(5.0)), staircase(5))
