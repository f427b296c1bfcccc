import jax
import jax.numpy as jnp


@jax.jit
def _added(total, row):
    return total + jnp.sum(row**2)


def energy(rows):
    total = 0.0
    for row in rows:
        total = _added(total, row)  # [jax-weak-type-retrace]
    return total


@jax.jit
def _lowest(best, row):
    return jnp.minimum(best, row.min()), row


def smallest(rows):
    best = jnp.array(1e9)
    for row in rows:
        best, _ = _lowest(best, row)  # [jax-weak-type-retrace]
    return best


if __name__ == "__main__":
    rows = jnp.ones((4, 3))
    print(energy(rows), smallest(rows))
