import jax


def parameter_count(params):
    flat, _ = jax.flatten_util.ravel_pytree(params)  # [jax-unimported-submodule]
    return flat.size
