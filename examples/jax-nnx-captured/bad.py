import jax
import jax.numpy as jnp
from flax import nnx


class RunningMean(nnx.Module):
    def __init__(self):
        self.mean = nnx.Variable(jnp.zeros(()))

    def __call__(self, x):
        self.mean.value = 0.5 * self.mean.value + 0.5 * jnp.mean(x)  # [jax-nnx-captured]
        return x - self.mean.value


def centre_all(batches):
    centre = RunningMean()

    @jax.jit
    def step(x):
        return centre(x)

    return [step(x) for x in batches], centre.mean.value


class Counter(nnx.Module):
    def __init__(self):
        self.seen = nnx.Variable(jnp.zeros((), int))


def count(batches):
    counter = Counter()

    def step(total, x):
        counter.seen.value = counter.seen.value + 1  # [jax-nnx-captured]
        return total + jnp.sum(x), None

    total, _ = jax.lax.scan(step, 0.0, batches)
    return total, counter.seen.value
