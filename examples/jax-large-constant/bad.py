import jax
import jax.numpy as jnp

SIZE = 2_000_000


def looked_up(indices):
    squares = jnp.arange(SIZE) % 1000

    @jax.jit
    def look_up(i):
        return squares[i]  # [jax-large-constant]

    return look_up(indices)


def fitted(slope):
    times = jnp.arange(SIZE) / SIZE

    @jax.jit
    def loss(w):
        return jnp.mean((slope * times - w * times) ** 2)  # [jax-large-constant]

    return loss(0.0)


if __name__ == "__main__":
    print(looked_up(jnp.array([3, 1002])), fitted(2.0))
