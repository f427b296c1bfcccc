import jax


def _scatter(key, point):
    return point + jax.random.normal(key, point.shape)  # [jax-broadcast-key]


def scatter(key, points):
    return jax.vmap(_scatter, in_axes=(None, 0))(key, points)


def _walk(key, start, steps):
    return start + jax.random.normal(key, (steps,)).cumsum()  # [jax-broadcast-key]


def walks(key, starts):
    walk_from = jax.vmap(_walk, in_axes=(None, 0, None))
    return walk_from(key, starts, 3)
