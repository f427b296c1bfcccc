import jax


@jax.jit
def work(forces, distances):
    """The work done along a path."""

    def add(total, pair):
        force, distance = pair
        return total + force * distance, None

    total, _ = jax.lax.scan(add, 0.0, (forces, distances))
    return total


@jax.jit
def total(parts):
    return sum(parts)


def energy(masses, speeds):
    return total([0.5 * m * v**2 for m, v in zip(masses, speeds)])
