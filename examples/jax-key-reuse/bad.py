import jax
import jax.numpy as jnp


def init_layer(key, inputs, outputs):
    weights = jax.random.normal(key, (inputs, outputs)) / jnp.sqrt(inputs)
    bias = 0.1 * jax.random.normal(key, (outputs,))  # [jax-key-reuse]
    return weights, bias


def random_walk(key, steps):
    position = jnp.zeros(2)
    for _ in range(steps):
        position += jax.random.normal(key, (2,))  # [jax-key-reuse]
    return position


def actor_and_critic(key):
    _, actor_key = jax.random.split(key)
    critic_key = jax.random.fold_in(key, 1)  # [jax-key-reuse]
    return jax.random.normal(actor_key, (3,)), jax.random.normal(critic_key, (3,))
