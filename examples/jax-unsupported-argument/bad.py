import jax.numpy as jnp


def ranking(scores):
    return jnp.argsort(scores, kind="stable")  # [jax-unsupported-argument]


def column_major(rows, columns):
    return jnp.zeros((rows, columns), order="F")  # [jax-unsupported-argument]


def normalized(logits):
    return logits / jnp.sum(logits, dim=-1)  # [jax-unsupported-argument]
