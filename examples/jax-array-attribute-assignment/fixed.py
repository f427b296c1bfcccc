import jax
import jax.numpy as jnp


def as_table(samples, width):
    return jnp.reshape(samples, (-1, width))


@jax.jit
def drop_phase(spectrum: jax.Array):
    return spectrum.real.astype(spectrum.dtype)


@jax.jit
def add_ridge(covariance, ridge):
    diagonal = jnp.arange(len(covariance))
    return covariance.at[diagonal, diagonal].add(ridge)


@jax.jit
def in_kelvin(celsius):
    return celsius + 273.15
