import jax


@jax.jit
def train(weights, batches):
    """Pull the weights towards each batch in turn."""
    stream = iter(batches)

    def step(_, weights):
        return weights - 0.1 * (weights - next(stream))  # [jax-iterator-in-traced]

    return jax.lax.fori_loop(0, len(batches), step, weights)


def smooth(signal, rates):
    """Exponential smoothing with one rate a pass."""
    passes = iter(rates)

    @jax.jit
    def once(signal):
        rate = next(passes)  # [jax-iterator-in-traced]
        return signal * (1 - rate) + signal.mean() * rate

    for _ in rates:
        signal = once(signal)
    return signal
