import jax
import jax.numpy as jnp


def _length(vector):
    return jnp.sqrt(jnp.sum(vector**2))


@jax.jit
def lengths(vectors):
    return jax.vmap(_length)(vectors)


def _turn(point):
    return jnp.array([-point[1], point[0]])


@jax.jit
def turned(points):
    return jax.vmap(_turn)(points)


if __name__ == "__main__":
    print(lengths(jnp.ones((12, 2))), turned(jnp.ones((12, 2))))
