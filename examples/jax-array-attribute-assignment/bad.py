import jax
import jax.numpy as jnp


def as_table(samples, width):
    table = jnp.asarray(samples)
    table.shape = (-1, width)  # [jax-array-attribute-assignment]
    return table


@jax.jit
def drop_phase(spectrum: jax.Array):
    spectrum.imag = 0.0  # [jax-array-attribute-assignment]
    return spectrum


@jax.jit
def add_ridge(covariance, ridge):
    regular = covariance + 0.0
    regular.flat[:: len(covariance) + 1] += ridge  # [jax-array-attribute-assignment]
    return regular


@jax.jit
def in_kelvin(celsius):
    kelvin = celsius + 273.15
    kelvin.unit = "K"  # [jax-array-attribute-assignment]
    return kelvin
