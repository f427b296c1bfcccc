import flax.linen as nn
import jax
import jax.numpy as jnp


class Noisy(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dropout(0.5, deterministic=False)(x)


def drops(key, x, count):
    outputs = []
    for each in jax.random.split(key, count):
        outputs.append(Noisy().apply({}, x, rngs={"dropout": each}))
    return jnp.stack(outputs)


class Jitter(nn.Module):
    @nn.compact
    def __call__(self, x):
        return x + jax.random.normal(self.make_rng("jitter"), x.shape)


def walk(key, x, count):
    for step in range(count):
        rngs = {"jitter": jax.random.fold_in(key, step)}
        x = Jitter().apply({}, x, rngs=rngs)
    return x
