import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def blend(image, background, alpha):
    result = np.empty_like(image)
    np.multiply(image, alpha, out=result)
    np.add(result, (1 - alpha) * background, out=result)
    return result


def sum_by_group(amounts, groups):
    totals = np.zeros(4)
    np.add.at(totals, groups, amounts)
    return totals


def without_self_loops(adjacency):
    graph = np.maximum(adjacency, adjacency.T)
    np.fill_diagonal(graph, 0)
    return graph


IMAGE, BACKGROUND = np.array([0.2, 0.9]), np.array([1.0, 0.5])
AMOUNTS, GROUPS = np.array([1.5, 2.0, 0.5]), np.array([3, 1, 3])
ADJACENCY = np.array([[1, 1, 0], [0, 0, 1], [0, 0, 1]])

EXAMPLE = Example([
    Case(
        "blend", (IMAGE, BACKGROUND, 0.3), fails=Raises("NotImplementedError", "out argument of <jnp.ufunc 'multiply'>"),
        bench=lambda size: (np.linspace(0.0, 1.0, size), np.linspace(1.0, 0.0, size), 0.3),
    ),
    Case(
        "sum_by_group", (AMOUNTS, GROUPS), fails=Raises("TypeError", "first operand must be array"),
        bench=lambda size: (np.linspace(0.0, 1.0, size), np.arange(size) % 4),
    ),
    Case("without_self_loops", (ADJACENCY,), fails=Raises("NotImplementedError", "must use inplace=False")),
])

if __name__ == "__main__":
    run_example(__file__)
