import jax


def shuffled(seed, items):
    key = jax.random.PRNGKey(seed)  # [jax-legacy-key]
    shuffle_key = jax.random.PRNGKey(key[0])  # [jax-legacy-key]
    return jax.random.permutation(shuffle_key, items)


def noise_at(seed, step):
    key = jax.random.key(seed)
    return jax.random.normal(key + step, (2,))  # [jax-legacy-key]


def initial_state(seed):
    key = jax.random.key(seed)
    return jax.random.normal(key[0], (2,)), jax.random.normal(key[1], (2,))  # [jax-legacy-key]
