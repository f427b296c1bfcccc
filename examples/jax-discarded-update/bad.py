import jax
import jax.numpy as jnp


@jax.jit
def hold_ends(temperature, left, right):
    temperature.at[0].set(left)  # [jax-discarded-update]
    temperature.at[-1].set(right)  # [jax-discarded-update]
    return temperature


@jax.jit
def log_returns(prices):
    returns = jnp.diff(jnp.log(prices))
    jnp.nan_to_num(returns, copy=False)  # [jax-discarded-update]
    return returns


@jax.jit
def brighten(image, gain):
    image = image * gain
    jnp.clip(image, 0.0, 1.0)  # [jax-discarded-update]
    return image
