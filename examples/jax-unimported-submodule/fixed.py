def parameter_count(params):
    from jax.flatten_util import ravel_pytree

    flat, _ = ravel_pytree(params)
    return flat.size
