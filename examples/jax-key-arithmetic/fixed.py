import jax


def noise_at(seed, step):
    key = jax.random.key(seed)
    return jax.random.normal(jax.random.fold_in(key, step), (2,))


def initial_state(seed):
    first, second = jax.random.split(jax.random.key(seed))
    return jax.random.normal(first, (2,)), jax.random.normal(second, (2,))
