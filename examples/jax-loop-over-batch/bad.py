import jax
import jax.numpy as jnp


def _length(vector):
    return jnp.sqrt(jnp.sum(vector**2))


@jax.jit
def lengths(vectors):
    return jnp.stack([_length(vector) for vector in vectors])  # [jax-loop-over-batch]


def _turn(point):
    return jnp.array([-point[1], point[0]])


@jax.jit
def turned(points):
    return jnp.array([_turn(point) for point in points])  # [jax-loop-over-batch]


if __name__ == "__main__":
    print(lengths(jnp.ones((12, 2))), turned(jnp.ones((12, 2))))
