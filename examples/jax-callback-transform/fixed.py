import jax
import jax.numpy as jnp
import numpy as np


@jax.custom_jvp
def on_host(x):
    return jax.pure_callback(lambda v: np.sin(v), jax.ShapeDtypeStruct((), "float32"), x)


@on_host.defjvp
def on_host_jvp(primals, tangents):
    (x,), (dx,) = primals, tangents
    return on_host(x), jnp.cos(x) * dx


def slope(x):
    return jax.grad(on_host)(x)


def of_each(xs):
    shape = jax.ShapeDtypeStruct((), "float32")
    return jax.vmap(lambda x: jax.pure_callback(lambda v: np.cos(v), shape, x, vmap_method="sequential"))(xs)
