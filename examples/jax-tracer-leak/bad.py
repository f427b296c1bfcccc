from functools import partial

import jax
import jax.numpy as jnp

norms = []
window = None


@jax.jit
def normalise(gradient):
    norms.append(jnp.sqrt(jnp.sum(gradient**2)))  # [jax-tracer-leak]
    return gradient / norms[-1]


def mean_norm(gradients):
    for gradient in gradients:
        normalise(gradient)
    return sum(norms) / len(norms)


class Trainer:
    @partial(jax.jit, static_argnums=0)
    def step(self, weights, x, y):
        error = x @ weights - y
        self.loss = jnp.mean(error**2)  # [jax-tracer-leak]
        return weights - 0.1 * error @ x


def train(weights, x, y):
    trainer = Trainer()
    for _ in range(3):
        weights = trainer.step(weights, x, y)
    return weights, jnp.sqrt(trainer.loss)


@jax.jit
def taper(signal):
    global window
    if window is None:
        window = jnp.hanning(8)  # [jax-tracer-leak]
    return window * signal


def taper_both(mono, stereo):
    return taper(mono), taper(stereo)
