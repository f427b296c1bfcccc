import jax.numpy as jnp
from flax import nnx


class RunningMean(nnx.Module):
    def __init__(self):
        self.mean = nnx.Variable(jnp.zeros(()))

    def update(self, x):
        self.mean.value = 0.5 * self.mean.value + 0.5 * jnp.mean(x)


@nnx.jit
def _norm(mean, x):
    mean.update(x)
    return jnp.linalg.norm(x)


def norms(batches):
    mean = RunningMean()
    return [_norm(mean, x) for x in batches], mean.mean.value


class Weights(nnx.Module):
    def __init__(self, values):
        self.values = nnx.Param(jnp.asarray(values))


@nnx.jit
def _descend(weights, gradient):
    weights.values.value = weights.values.value - 0.1 * gradient


def descend(start, gradients):
    weights = Weights(start)
    for gradient in gradients:
        _descend(weights, gradient)
    return weights.values.value
