import jax


@jax.jit
def train(weights, batches):
    """Pull the weights towards each batch in turn."""
    stream = iter(batches)

    def step(_, weights):
        return weights - 0.1 * (weights - next(stream))  # [jax-iterator-in-traced]

    return jax.lax.fori_loop(0, len(batches), step, weights)


@jax.jit
def work(forces, distances):
    """The work done along a path."""

    def add(total, pair):
        force, distance = pair
        return total + force * distance, None

    total, _ = jax.lax.scan(add, 0.0, zip(forces, distances))  # [jax-iterator-in-traced]
    return total
