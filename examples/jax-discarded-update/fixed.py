import jax
import jax.numpy as jnp


@jax.jit
def hold_ends(temperature, left, right):
    return temperature.at[0].set(left).at[-1].set(right)


@jax.jit
def log_returns(prices):
    returns = jnp.diff(jnp.log(prices))
    return jnp.nan_to_num(returns)


@jax.jit
def brighten(image, gain):
    return jnp.clip(image * gain, 0.0, 1.0)
