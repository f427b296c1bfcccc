import jax
import jax.numpy as jnp

rate = 0.1
gravity = 9.81


@jax.jit
def sgd_step(weights, gradient):
    return weights - rate * gradient  # [jax-stale-global]


def train(weights, gradients):
    """Gradient descent that halves the learning rate after each step."""
    global rate
    rate = 0.1
    for gradient in gradients:
        weights = sgd_step(weights, gradient)
        rate = rate / 2
    return weights


def fall(speed, dt):
    speed = speed + gravity * dt  # [jax-stale-global]
    return speed, speed


def earth_and_moon(times):
    """The speeds of a stone that falls on each: `scan` keeps the trace of `fall`, even without `jit`."""
    global gravity
    gravity = 9.81
    _, earth = jax.lax.scan(fall, 0.0, times)
    gravity = 1.62
    _, moon = jax.lax.scan(fall, 0.0, times)
    return jnp.stack([earth, moon])
