import jax.numpy as jnp


def weighted(x):
    return jnp.dot(jnp.array([0.2, 0.3, 0.5]), x)


def with_bias(x):
    return jnp.concatenate([x, jnp.array([1.0])])


def mean_loss(predictions, target):
    losses = [(prediction - target) ** 2 for prediction in predictions]
    return jnp.mean(jnp.stack(losses))
