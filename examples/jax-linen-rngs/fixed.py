import flax.linen as nn
import jax


class Noisy(nn.Module):
    @nn.compact
    def __call__(self, x, train):
        return nn.Dropout(0.5, deterministic=not train)(x)


def drop(key, x):
    return Noisy().apply({}, x, train=True, rngs={"dropout": key})


class Jitter(nn.Module):
    @nn.compact
    def __call__(self, x):
        return x + jax.random.normal(self.make_rng("jitter"), x.shape)


def jitter(key, x):
    return Jitter().apply({}, x, rngs={"jitter": key})
