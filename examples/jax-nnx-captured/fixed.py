import jax
import jax.numpy as jnp
from flax import nnx


class RunningMean(nnx.Module):
    def __init__(self):
        self.mean = nnx.Variable(jnp.zeros(()))

    def __call__(self, x):
        self.mean.value = 0.5 * self.mean.value + 0.5 * jnp.mean(x)
        return x - self.mean.value


@nnx.jit
def _step(centre, x):
    return centre(x)


def centre_all(batches):
    centre = RunningMean()
    return [_step(centre, x) for x in batches], centre.mean.value


def count(batches):
    def step(carry, x):
        total, seen = carry
        return (total + jnp.sum(x), seen + 1), None

    (total, seen), _ = jax.lax.scan(step, (0.0, 0), batches)
    return total, seen
