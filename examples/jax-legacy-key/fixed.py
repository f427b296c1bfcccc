import jax


def shuffled(seed, items):
    key = jax.random.key(seed)
    return jax.random.permutation(key, items)
