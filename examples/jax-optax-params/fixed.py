import optax


def decay_step(weights, gradient):
    optimizer = optax.chain(optax.clip(1.0), optax.add_decayed_weights(0.1), optax.scale(-0.5))
    state = optimizer.init(weights)
    updates, state = optimizer.update(gradient, state, weights)
    return optax.apply_updates(weights, updates)


def sign_step(weights, gradient):
    optimizer = optax.lion(0.5, weight_decay=0.1)
    state = optimizer.init(weights)
    updates, _ = optimizer.update(gradient, state, weights)
    return optax.apply_updates(weights, updates)
