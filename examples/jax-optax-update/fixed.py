import optax


def descend(weights, gradients):
    optimizer = optax.chain(optax.ema(0.5, debias=False), optax.adam(0.1, b1=0.0, b2=0.0, eps=0.0))
    state = optimizer.init(weights)
    for gradient in gradients:
        updates, state = optimizer.update(gradient, state)
        weights = optax.apply_updates(weights, updates)
    return weights, state[1][0].count


def follow(weights, gradients):
    optimizer = optax.adam(0.1, b1=0.0, b2=0.0, eps=0.0)
    state = optimizer.init(weights)
    for gradient in gradients:
        updates, state = optimizer.update(gradient, state)
        weights = optax.apply_updates(weights, updates)
    return weights
