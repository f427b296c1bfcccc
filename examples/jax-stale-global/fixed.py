import jax
import jax.numpy as jnp


@jax.jit
def sgd_step(weights, gradient, rate):
    return weights - rate * gradient


def train(weights, gradients):
    """Gradient descent that halves the learning rate after each step."""
    rate = 0.1
    for gradient in gradients:
        weights = sgd_step(weights, gradient, rate)
        rate = rate / 2
    return weights


@jax.jit
def speeds(times, gravity):
    def fall(speed, dt):
        speed = speed + gravity * dt
        return speed, speed

    return jax.lax.scan(fall, 0.0, times)[1]


def earth_and_moon(times):
    """The speeds of a stone that falls on each."""
    return jnp.stack([speeds(times, 9.81), speeds(times, 1.62)])
