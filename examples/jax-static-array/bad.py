import equinox as eqx
import jax
import jax.numpy as jnp


class Line(eqx.Module):
    slope: jax.Array = eqx.field(static=True)
    offset: jax.Array

    def __call__(self, x):
        return self.slope * x + self.offset


def slope_of_loss(slope, offset, x):
    line = Line(jnp.asarray(slope), offset)  # [jax-static-array]
    gradient = jax.grad(lambda line: jnp.sum(line(x) ** 2))(line)
    return gradient.slope, gradient.offset


class Lens(eqx.Module):
    distortion: jax.Array = eqx.field(static=True)

    def __init__(self, distortion):
        self.distortion = jnp.asarray(distortion)


@eqx.filter_jit
def _bend(lens, x):
    return lens.distortion * x


def bend(distortion, x):
    return _bend(Lens(distortion), x)  # [jax-static-array]
