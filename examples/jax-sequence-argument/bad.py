import jax.numpy as jnp


def weighted(x):
    return jnp.dot([0.2, 0.3, 0.5], x)  # [jax-sequence-argument]


def with_bias(x):
    return jnp.concatenate([x, [1.0]])  # [jax-sequence-argument]


def mean_loss(predictions, target):
    losses = [(prediction - target) ** 2 for prediction in predictions]
    return jnp.mean(losses)  # [jax-sequence-argument]
