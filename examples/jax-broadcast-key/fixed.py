import jax


def _scatter(key, point):
    return point + jax.random.normal(key, point.shape)


def scatter(key, points):
    keys = jax.random.split(key, len(points))
    return jax.vmap(_scatter)(keys, points)


def _walk(key, start, steps):
    return start + jax.random.normal(key, (steps,)).cumsum()


def walks(key, starts):
    walk_from = jax.vmap(_walk, in_axes=(0, 0, None))
    return walk_from(jax.random.split(key, len(starts)), starts, 3)
