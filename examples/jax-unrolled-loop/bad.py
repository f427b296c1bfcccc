import jax
import jax.numpy as jnp


@jax.jit
def cool(temperature):
    for _ in range(100):  # [jax-unrolled-loop]
        temperature = temperature - 0.01 * (temperature - 20.0)
    return temperature


@jax.jit
def polynomial(x):
    total = jnp.zeros_like(x)
    for power in range(40):  # [jax-unrolled-loop]
        total = total + 0.5**power * x**power
    return total
