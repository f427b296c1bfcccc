import jax


def descend(weight, gradient):
    params = {"w": weight, "frozen": None}
    gradients = {"w": gradient, "frozen": 0.0}
    return jax.tree.map(lambda p, g: p - 0.1 * g, params, gradients)["w"]  # [jax-none-leaf]


def count(weight):
    params = {"w": weight, "frozen": None}
    return jax.tree.map(lambda p: 0 if p is None else 1, params, lambda p: p is None)["frozen"] + weight  # [jax-none-leaf]
