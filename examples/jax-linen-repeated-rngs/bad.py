import flax.linen as nn
import jax
import jax.numpy as jnp


class Noisy(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dropout(0.5, deterministic=False)(x)


def drops(key, x, count):
    outputs = []
    for _ in range(count):
        outputs.append(Noisy().apply({}, x, rngs={"dropout": key}))  # [jax-linen-repeated-rngs]
    return jnp.stack(outputs)


class Jitter(nn.Module):
    @nn.compact
    def __call__(self, x):
        return x + jax.random.normal(self.make_rng("jitter"), x.shape)


def walk(key, x, count):
    rngs = {"jitter": key}
    for _ in range(count):
        x = Jitter().apply({}, x, rngs=rngs)  # [jax-linen-repeated-rngs]
    return x
