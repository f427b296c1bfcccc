from functools import partial

import jax
import jax.numpy as jnp
import numpy as np


@partial(jax.jit, donate_argnums=0)
def _sgd(params, gradient):
    return params - 0.1 * gradient


def step_and_log(params: jax.Array, gradient):
    before = np.array(params)
    params = _sgd(params, gradient)
    change = np.asarray(params) - before
    return params, change


def fit(gradients):
    params = jnp.zeros(2)
    history = []
    for gradient in gradients:
        history.append(params[0])
        params = _sgd(params, gradient)
    return params, history
