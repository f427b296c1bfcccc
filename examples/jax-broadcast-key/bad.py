import jax


def _scatter(key, point):
    return point + jax.random.normal(key, point.shape)


def scatter(key, points):
    return jax.vmap(_scatter, in_axes=(None, 0))(key, points)  # [jax-broadcast-key]


def _walk(key, start, steps):
    return start + jax.random.normal(key, (steps,)).cumsum()


def walks(key, starts):
    walk_from = jax.vmap(_walk, in_axes=(None, 0, None))  # [jax-broadcast-key]
    return walk_from(key, starts, 3)
