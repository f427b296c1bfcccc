import jax
import jax.numpy as jnp
import numpy as np


@jax.jit
def blend(image, background, alpha):
    result = jnp.empty_like(image)
    jnp.multiply(image, alpha, out=result)  # [jax-out-argument]
    jnp.add(result, (1 - alpha) * background, out=result)  # [jax-out-argument]
    return result


@jax.jit
def sum_by_group(amounts, groups):
    totals = jnp.zeros(4)
    np.add.at(totals, groups, amounts)  # [jax-out-argument, jax-numpy-on-traced]
    return totals


@jax.jit
def without_self_loops(adjacency):
    graph = jnp.maximum(adjacency, adjacency.T)
    jnp.fill_diagonal(graph, 0)  # [jax-out-argument]
    return graph
