import jax
import jax.numpy as jnp


def hidden_layer(x, weights):
    return jnp.relu(x @ weights)  # [jax-unknown-api]


def squares(count):
    return jax.arange(count) ** 2  # [jax-unknown-api]


def distances(points, center):
    return jnp.vmap(lambda p: jnp.linalg.norm(p - center))(points)  # [jax-unknown-api]
