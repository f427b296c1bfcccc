from functools import partial

import jax
import jax.numpy as jnp
import numpy as np


@partial(jax.jit, donate_argnums=0)
def _sgd(params, gradient):
    return params - 0.1 * gradient


def step_and_log(params: jax.Array, gradient):
    new = _sgd(params, gradient)
    change = np.asarray(new) - np.asarray(params)  # [jax-donated-buffer-reuse]
    return new, change


def fit(gradients):
    params = jnp.zeros(2)
    history = []
    for gradient in gradients:
        updated = _sgd(params, gradient)
        history.append(float(params[0]))  # [jax-donated-buffer-reuse]
        params = updated
    return params, history
