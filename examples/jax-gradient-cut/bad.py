import jax
import jax.numpy as jnp


def mean_square(slope, x, y):
    return jnp.mean((slope * x - y) ** 2).item()  # [jax-gradient-cut]


def slope_gradient(slope, x, y):
    """How the mean square error changes with the slope."""
    return jax.grad(mean_square)(slope, x, y)


def stairs(height):
    """The energy of climbing a stair whose steps are one high, and what is left over."""
    whole = int(height)  # [jax-gradient-cut]
    return 2.0 * whole + (height - whole) ** 2


def stairs_gradient(height):
    return jax.grad(stairs)(height)
