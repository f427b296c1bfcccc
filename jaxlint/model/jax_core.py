"""`jax` itself: devices and transfers, trees without functions, `jax.debug`, dtypes, shardings."""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import (
    ARRAY,
    HOST,
    HOST_BOOL,
    HOST_DTYPE,
    HOST_INT,
    HOST_STR,
    NOTHING,
    UNKNOWN,
    classes,
    operations,
)
from jaxlint.model.schema import ArgumentResult, ClassKind, LibraryClass, Operation, Reads, Row, TupleResult

_JAX = Operation("jax", HOST)
_PURE = replace(_JAX, pure=True)
_ABSTRACT = replace(_PURE, reads=Reads.NOTHING)
# They compute no array, and what they are given may be there for its effect: all(map(assert_allclose, a, b)).
_TREE = replace(_PURE, path="jax.tree", result=UNKNOWN, pure=False)

_TRANSFERS = (
    *operations(replace(_JAX, pure=True, shares=True), "device_put", "x device", ArgumentResult("x", arrays=True)),
    # On a tracer, these two hand the tracer back; on arrays the first gives NumPy arrays.
    *operations(replace(_JAX, waits=True), "device_get", "x", ArgumentResult("x")),
    *operations(replace(_JAX, waits=True), "block_until_ready", "x", ArgumentResult("x")),
    *operations(_JAX, "copy_to_host_async", "x", ArgumentResult("x")),
    *operations(
        replace(_JAX, path="jax.dlpack", reads=Reads.VALUES, pure=True, shares=True), "from_dlpack", "external_array", ARRAY
    ),
    *operations(_JAX, "effects_barrier clear_caches", "", NOTHING),
    *operations(_JAX, "make_array_from_process_local_data", "sharding local_data global_shape", ARRAY),
    *operations(_JAX, "make_array_from_single_device_arrays", "shape sharding arrays", ARRAY),
)

_DEVICES = (
    *operations(_ABSTRACT, "devices", "backend"),
    *operations(_ABSTRACT, "local_devices", "process_index backend"),
    *operations(_ABSTRACT, "device_count local_device_count process_index process_count", "backend", HOST_INT),
    *operations(_ABSTRACT, "default_backend", "", HOST_STR),
    *operations(_ABSTRACT, "typeof", "x"),
    *operations(_ABSTRACT, "live_arrays", "platform", UNKNOWN),
)

_TREES: tuple[Row, ...] = (
    # The meaning of flatten, leaves and unflatten is that of Python: what goes in comes out.
    *(
        replace(row, aliases=(f"jax.tree_util.tree_{row.path.rpartition('.')[2]}",))
        for row in (
            *operations(_TREE, "leaves flatten", "tree is_leaf"),
            *operations(replace(_TREE, reads=Reads.NOTHING), "structure", "tree is_leaf", HOST),
            *operations(_TREE, "unflatten", "treedef leaves"),
            *operations(_TREE, "transpose", "outer_treedef inner_treedef pytree_to_transpose"),
            *operations(replace(_TREE, reads=Reads.AS_BOOL), "all", "tree", HOST_BOOL),
            *operations(_TREE, "leaves_with_path flatten_with_path", "tree is_leaf is_leaf_takes_path"),
        )
    ),
    # One array of all leaves, and the function that makes such a tree of one.
    *operations(replace(_TREE, path="jax.flatten_util"), "ravel_pytree", "pytree", TupleResult((ARRAY, UNKNOWN))),
    *operations(replace(_ABSTRACT, path="jax.tree_util"), "keystr", "keys", HOST_STR),
    *operations(replace(_ABSTRACT, path="jax.tree_util"), "all_leaves", "iterable is_leaf", HOST_BOOL),
    *operations(replace(_ABSTRACT, path="jax.tree_util"), "treedef_children treedef_is_leaf", "treedef"),
    *operations(replace(_ABSTRACT, path="jax.tree_util"), "treedef_tuple", "treedefs"),
    *classes("jax.tree_util", ClassKind.OBJECT, "DictKey FlattenedIndexKey GetAttrKey SequenceKey PyTreeDef"),
)

_DEBUG = (
    *operations(replace(_JAX, path="jax.debug"), "print", "fmt *args", NOTHING),
    *operations(replace(_JAX, path="jax.debug"), "breakpoint", "", NOTHING),
    *operations(replace(_JAX, path="jax.debug"), "visualize_array_sharding", "arr", NOTHING),
)

_TYPES: tuple[Row, ...] = (
    LibraryClass("jax.Array", ClassKind.ARRAY),
    LibraryClass("jax.core.Tracer", ClassKind.ARRAY),
    *classes("jax", ClassKind.OBJECT, "ShapeDtypeStruct Device"),
    *classes(
        "jax.sharding",
        ClassKind.OBJECT,
        "NamedSharding Sharding SingleDeviceSharding",
    ),
    LibraryClass("jax.sharding.PartitionSpec", ClassKind.OBJECT, fields=tuple(f"axis_{number}" for number in range(8))),
    LibraryClass("jax.sharding.Mesh", ClassKind.OBJECT, fields=("_devices", "axis_names")),
    LibraryClass("jax.sharding.AbstractMesh", ClassKind.OBJECT, fields=("axis_sizes", "axis_names")),
    LibraryClass("jax.make_mesh", ClassKind.OBJECT, makes="jax.sharding.Mesh", fields=("axis_sizes", "axis_names")),
    *operations(replace(_ABSTRACT, path="jax.dtypes"), "canonicalize_dtype", "dtype allow_extended_dtype", HOST_DTYPE),
    *operations(replace(_ABSTRACT, path="jax.dtypes"), "issubdtype", "a b", HOST_BOOL),
    *operations(replace(_ABSTRACT, path="jax.dtypes"), "result_type", "*args", HOST_DTYPE),
    *classes("jax.dtypes", ClassKind.OBJECT, "bfloat16 extended finfo iinfo prng_key"),
)

ROWS: tuple[Row, ...] = (*_TRANSFERS, *_DEVICES, *_TREES, *_DEBUG, *_TYPES)
