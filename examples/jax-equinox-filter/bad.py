from collections.abc import Callable

import equinox as eqx
import jax
import jax.numpy as jnp


class Neuron(eqx.Module):
    weights: jax.Array
    activation: Callable

    def __call__(self, x):
        return self.activation(self.weights @ x)


@jax.jit
def _call(neuron, x):
    return neuron(x)


def fire(weights, x):
    return _call(Neuron(weights, jnp.tanh), x)  # [jax-equinox-filter]


def _loss(neuron, x, y):
    return (neuron(x) - y) ** 2


def slope(weights, x, y):
    return jax.grad(_loss)(Neuron(weights, jnp.sin), x, y).weights  # [jax-equinox-filter]
