import jax


def slope(offset):
    return jax.grad(lambda x: x**2 + offset)(3)  # [jax-grad-integer]


def decay(rate):
    params = {"level": rate, "steps": 10}
    return jax.grad(lambda p: p["level"] ** 2 * p["steps"])(params)["level"]  # [jax-grad-integer]
