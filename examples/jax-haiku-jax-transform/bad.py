import haiku as hk
import jax
import jax.numpy as jnp


def _layer(x):
    return hk.Linear(2, w_init=lambda shape, dtype: jnp.full(shape, x.mean(), dtype))(x)  # [jax-haiku-jax-transform]


_lean = hk.transform(lambda x: jax.checkpoint(lambda x: _layer(x))(x))


def lean(x):
    params = _lean.init(None, x)
    return _lean.apply(params, None, x)


def _deep(x):
    def step(x, _):
        layer = hk.Linear(x.shape[-1], with_bias=False, w_init=hk.initializers.Identity())
        return 2 * layer(x), None  # [jax-haiku-jax-transform]

    return jax.lax.scan(step, x, None, length=3)[0]


_stack = hk.transform(_deep)


def deep(x):
    params = _stack.init(None, x)
    return _stack.apply(params, None, x)
