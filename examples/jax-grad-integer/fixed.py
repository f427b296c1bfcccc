import jax


def slope(offset):
    return jax.grad(lambda x: x**2 + offset)(3.0)


def decay(rate):
    return jax.grad(lambda level, steps: level**2 * steps)(rate, 10)
