import jax
import jax.numpy as jnp


@jax.jit
def _step(weight, x):
    error = weight * x - 1.0
    return weight - 0.1 * error * x, error**2


def fit(weight, xs):
    losses = []
    for x in xs:
        weight, loss = _step(weight, x)
        losses.append(float(loss))  # [jax-host-sync-in-loop]
    return weight, sum(losses)


def path(position, steps):
    places = []
    for _ in range(steps):
        position = jnp.cos(position)
        places.append(position.tolist())  # [jax-host-sync-in-loop]
    return jnp.array(places)
