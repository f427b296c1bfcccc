import jax


def shuffled(seed, items):
    key = jax.random.PRNGKey(seed)  # [jax-legacy-key]
    shuffle_key = jax.random.PRNGKey(key[0])  # [jax-legacy-key]
    return jax.random.permutation(shuffle_key, items)
