import jax
import jax.numpy as jnp

window = jnp.hanning(8)


@jax.jit
def normalise(gradient):
    norm = jnp.sqrt(jnp.sum(gradient**2))
    return gradient / norm, norm


def mean_norm(gradients):
    norms = [normalise(gradient)[1] for gradient in gradients]
    return sum(norms) / len(norms)


@jax.jit
def sgd_step(weights, x, y):
    error = x @ weights - y
    return weights - 0.1 * error @ x, jnp.mean(error**2)


class Trainer:
    def step(self, weights, x, y):
        weights, self.loss = sgd_step(weights, x, y)
        return weights


def train(weights, x, y):
    trainer = Trainer()
    for _ in range(3):
        weights = trainer.step(weights, x, y)
    return weights, jnp.sqrt(trainer.loss)


@jax.jit
def taper(signal):
    return window * signal


def taper_both(mono, stereo):
    return taper(mono), taper(stereo)
