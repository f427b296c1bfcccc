"""Names that were gone before the first release that the table of names knows, and where people mean a name to be.

The dates are those of JAX's change log. Old tutorials and repositories are full of these names.
"""

from __future__ import annotations

from collections.abc import Mapping

LONG_GONE: Mapping[str, tuple[str, str]] = {
    "jax.ops.index": ("0.3.2", "x.at[…]"),
    "jax.ops.index_update": ("0.3.2", "x.at[i].set(v)"),
    "jax.ops.index_add": ("0.3.2", "x.at[i].add(v)"),
    "jax.ops.index_mul": ("0.3.2", "x.at[i].multiply(v)"),
    "jax.ops.index_min": ("0.3.2", "x.at[i].min(v)"),
    "jax.ops.index_max": ("0.3.2", "x.at[i].max(v)"),
    "jax.tree_multimap": ("0.3.16", "jax.tree.map"),
    "jax.tree_util.tree_multimap": ("0.3.16", "jax.tree.map"),
    "jax.experimental.optimizers": ("0.3.16", "optax, or jax.example_libraries.optimizers"),
    "jax.experimental.stax": ("0.3.16", "jax.example_libraries.stax"),
    "jax.experimental.loops": ("0.3.16", "jax.lax.fori_loop"),
    "jax.experimental.global_device_array": ("0.4.7", "jax.Array"),
    "jax.experimental.gda_serialization": ("0.4.11", "jax.experimental.array_serialization"),
    "jax.experimental.callback": ("0.4.2", "jax.pure_callback or jax.debug.callback"),
    "jax.abstract_arrays": ("0.4.17", "jax.core"),
    "jax.lax_linalg": ("0.3.0", "jax.lax.linalg"),
    "jax.lax.tie_in": ("0.3.0", "nothing: leave it out"),
    "jax.api": ("0.3.0", "jax"),
    "jax.partial": ("0.3.0", "functools.partial"),
    "jax.mask": ("0.4.1", "nothing: there is no successor"),
    "jax.shapecheck": ("0.4.1", "nothing: there is no successor"),
    "jax.soft_pmap": ("0.4.1", "jax.shard_map"),
    "jax.host_id": ("0.4.1", "jax.process_index"),
    "jax.host_ids": ("0.4.1", "range(jax.process_count())"),
    "jax.host_count": ("0.4.1", "jax.process_count"),
    "jax.random.shuffle": ("0.4.1", "jax.random.permutation"),
    "jax.numpy.DeviceArray": ("0.4.1", "jax.Array"),
    "jax.interpreters.xla.DeviceArray": ("0.4.1", "jax.Array"),
}
"""The first release without the name, and what to use."""

SUCCESSORS: Mapping[str, str] = {
    "jax.linear_util": "jax.extend.linear_util",
    "jax.util": "functools and itertools",
    "jax.prng": "jax.extend.random",
    "jax.config": "`import jax` and jax.config",
    "jax.experimental.maps": "jax.shard_map",
    "jax.experimental.maps.xmap": "jax.shard_map",
    "jax.experimental.maps.Mesh": "jax.sharding.Mesh",
    "jax.experimental.host_callback": "jax.experimental.io_callback or jax.pure_callback",
    "jax.experimental.x64_context": "jax.enable_x64",
    "jax.experimental.array_api": "jax.numpy",
    "jax.experimental.export": "jax.export",
    "jax.lib.xla_bridge": "jax.extend.backend, or jax.devices",
    "jax.extend.ffi": "jax.ffi",
    "jax.numpy.trapz": "jax.scipy.integrate.trapezoid",
    "jax.numpy.in1d": "jax.numpy.isin",
    "jax.numpy.row_stack": "jax.numpy.vstack",
    "jax.numpy.product": "jax.numpy.prod",
    "jax.numpy.cumproduct": "jax.numpy.cumprod",
    "jax.numpy.alltrue": "jax.numpy.all",
    "jax.numpy.sometrue": "jax.numpy.any",
    "jax.numpy.msort": "jax.numpy.sort",
    "jax.numpy.round_": "jax.numpy.round",
    "jax.numpy.fix": "jax.numpy.trunc",
    "jax.tree_map": "jax.tree.map",
    "jax.xla_computation": "jax.jit(f).lower(…)",
    "jax.abstract_eval": "jax.eval_shape",
}
"""What to use for names whose messages do not say it in one name, or that went without a message."""

MEANT: Mapping[str, str] = {
    "jax.numpy.index_update": "x.at[i].set(v)",
    "jax.numpy.cat": "jax.numpy.concatenate",
    "jax.numpy.tensor": "jax.numpy.array",
    "jax.numpy.NaN": "jax.numpy.nan",
    "jax.numpy.NAN": "jax.numpy.nan",
    "jax.numpy.Inf": "jax.numpy.inf",
    "jax.numpy.float": "float or jax.numpy.float32",
    "jax.numpy.int": "int or jax.numpy.int32",
    "jax.numpy.intp": "int",
    "jax.numpy.str_": "a Python str: JAX has no arrays of strings",
    "jax.numpy.copyto": "x.at[…].set(v)",
    "jax.numpy.nditer": "jax.vmap or jax.lax.scan",
    "jax.numpy.linalg.LinAlgError": "jax.numpy.isnan on the result: JAX does not raise for singular matrices",
    "jax.random.rand": "jax.random.uniform(key, shape)",
    "jax.random.randn": "jax.random.normal(key, shape)",
    "jax.random.seed": "jax.random.key(seed)",
    "jax.random.default_rng": "jax.random.key(seed)",
    "jax.random.RandomState": "jax.random.key(seed)",
    "jax.random.random": "jax.random.uniform(key, shape)",
    "jax.array": "jax.numpy.array",
    "jax.Tensor": "jax.Array",
    "jax.no_grad": "jax.lax.stop_gradient",
    "jax.numpy.no_grad": "jax.lax.stop_gradient",
    "jax.lax.if_else": "jax.lax.cond",
    "jax.lax.for_loop": "jax.lax.fori_loop",
    "jax.tree.tree_map": "jax.tree.map",
    "jax.nn.dropout": "a dropout layer of a library, or jax.random.bernoulli",
    "jax.nn.Linear": "a layer of Flax, Haiku or Equinox",
}
"""What is meant by names of NumPy, PyTorch or other modules, where no module of JAX has just that name."""
