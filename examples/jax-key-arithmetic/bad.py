import jax


def noise_at(seed, step):
    key = jax.random.key(seed)
    return jax.random.normal(key + step, (2,))  # [jax-key-arithmetic]


def initial_state(seed):
    key = jax.random.key(seed)
    return jax.random.normal(key[0], (2,)), jax.random.normal(key[1], (2,))  # [jax-key-arithmetic]
