import jax
import jax.numpy as jnp


def init_layer(key, inputs, outputs):
    weights_key, bias_key = jax.random.split(key)
    weights = jax.random.normal(weights_key, (inputs, outputs)) / jnp.sqrt(inputs)
    bias = 0.1 * jax.random.normal(bias_key, (outputs,))
    return weights, bias


def random_walk(key, steps):
    position = jnp.zeros(2)
    for step_key in jax.random.split(key, steps):
        position += jax.random.normal(step_key, (2,))
    return position


def actor_and_critic(key):
    actor_key, critic_key = jax.random.split(key)
    return jax.random.normal(actor_key, (3,)), jax.random.normal(critic_key, (3,))
