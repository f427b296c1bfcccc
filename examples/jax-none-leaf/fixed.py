import jax


def descend(weight, gradient):
    params = {"w": weight, "frozen": None}
    gradients = {"w": gradient, "frozen": 0.0}

    def step(p, g):
        return None if p is None else p - 0.1 * g

    return jax.tree.map(step, params, gradients, is_leaf=lambda p: p is None)["w"]


def count(weight):
    params = {"w": weight, "frozen": None}
    return jax.tree.map(lambda p: 0 if p is None else 1, params, is_leaf=lambda p: p is None)["frozen"] + weight
