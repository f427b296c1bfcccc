import jax


def descend(weight, gradient):
    return jax.tree.map(lambda p, g: p - 0.1 * g, {"w": weight}, {"weight": gradient})["w"]  # [jax-tree-mismatch]


def averaged(first, second):
    return jax.tree.map(lambda a, b: (a + b) / 2, (first, second), [second, second])[0]  # [jax-tree-mismatch]
