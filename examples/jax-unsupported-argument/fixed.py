import jax.numpy as jnp


def ranking(scores):
    return jnp.argsort(scores, stable=True)


def column_major(rows, columns):
    return jnp.zeros((rows, columns))


def normalized(logits):
    return logits / jnp.sum(logits, axis=-1)
