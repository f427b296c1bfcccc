"""Libraries that bring JAX along: a module that imports one of them can concern JAX."""

JAX_LIBRARIES = frozenset({
    "jax", "jaxlib", "flax", "haiku", "optax", "equinox", "chex", "distrax", "rlax", "numpyro", "brax", "jumanji",
    "gymnax", "evojax", "evosax", "jaxtyping", "orbax", "diffrax", "optimistix", "lineax", "blackjax", "objax", "jaxopt",
    "penzai", "treescope", "keras_core", "mujoco", "qdax", "tinygp", "ott", "jraph", "trax", "clu", "oryx", "myriad",
})  # fmt: skip
