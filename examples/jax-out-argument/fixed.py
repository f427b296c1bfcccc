import jax
import jax.numpy as jnp


@jax.jit
def blend(image, background, alpha):
    return image * alpha + (1 - alpha) * background


@jax.jit
def sum_by_group(amounts, groups):
    return jnp.zeros(4).at[groups].add(amounts)


@jax.jit
def without_self_loops(adjacency):
    graph = jnp.maximum(adjacency, adjacency.T)
    return jnp.fill_diagonal(graph, 0, inplace=False)
