import jax
import jax.numpy as jnp

SIZE = 2_000_000


@jax.jit
def _look_up(squares, i):
    return squares[i]


def looked_up(indices):
    squares = jnp.arange(SIZE) % 1000
    return _look_up(squares, indices)


@jax.jit
def _loss(w, slope, times):
    return jnp.mean((slope * times - w * times) ** 2)


def fitted(slope):
    times = jnp.arange(SIZE) / SIZE
    return _loss(0.0, slope, times)


if __name__ == "__main__":
    print(looked_up(jnp.array([3, 1002])), fitted(2.0))
