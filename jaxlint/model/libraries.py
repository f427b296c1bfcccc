"""Libraries that bring JAX along: a module that imports one of them can concern JAX."""

JAX_LIBRARIES = frozenset({
    "jax", "jaxlib", "flax", "haiku", "optax", "equinox", "chex", "distrax", "rlax", "numpyro", "brax", "jumanji",
    "gymnax", "evojax", "evosax", "jaxtyping", "orbax", "diffrax", "optimistix", "lineax", "blackjax", "objax", "jaxopt",
    "penzai", "treescope", "keras_core", "mujoco", "qdax", "tinygp", "ott", "jraph", "trax", "clu", "oryx", "myriad",
})  # fmt: skip

WITHOUT_JAX = frozenset({
    "numpy", "scipy", "matplotlib", "mpl_toolkits", "pandas", "seaborn", "sklearn", "PIL", "cv2", "imageio", "tqdm", "absl",
    "pytest", "hypothesis", "typing_extensions", "yaml", "toml", "click", "rich", "requests", "wandb", "h5py", "networkx",
    "packaging", "setuptools", "gym", "gymnasium", "torch", "torchvision", "IPython", "attr", "attrs", "ml_dtypes", "einops",
})  # fmt: skip
"""Libraries that load nothing of JAX by themselves."""
