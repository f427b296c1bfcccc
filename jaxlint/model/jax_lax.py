"""`jax.lax`, `jax.lax.linalg`: primitives that take no function. Loops and branches are transformations."""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.model.families import (
    ARRAY,
    ARRAY_TUPLE,
    ARRAYS,
    ELEMENTWISE,
    HOST,
    HOST_DTYPE,
    HOST_INT,
    INEXACT,
    KEPT,
    LIKEWISE,
    NOTHING,
    PAIR,
    PREDICATE,
    RECAST,
    SAME,
    TRIPLE,
    UNKNOWN,
    arranged,
    classes,
    filled,
    operations,
)
from jaxlint.model.schema import ArgumentResult, ArrayResult, ClassKind, KeyUse, Operation, Reads, Row

_LAX = Operation("jax.lax", ARRAY, pure=True)
_LINALG = replace(_LAX, path="jax.lax.linalg")
_JOINED = ArrayResult(shape=ShapeRule.CONCATENATED, typed=DtypeRule.JOINED)
_UPDATED = filled(DtypeRule.LOOSE, ShapeRule.FIRST)
_REDUCED = arranged(ShapeRule.WITHOUT_AXES)
_ABSTRACT = replace(_LAX, result=HOST, reads=Reads.NOTHING)

_ELEMENTWISE = (
    *operations(
        _LAX,
        "acos acosh asin asinh atan atanh bessel_i0e bessel_i1e bitwise_not cbrt ceil clz conj cos cosh digamma erf "
        "erf_inv erfc exp exp2 expm1 floor lgamma log log1p log2 logistic neg one_minus_square population_count "
        "rsqrt sign sin sinh sqrt square tan tanh",
        "x",
        LIKEWISE,
    ),
    *operations(_LAX, "abs real imag", "x", ArrayResult(shape=ShapeRule.FIRST, typed=DtypeRule.REAL)),
    *operations(_LAX, "reciprocal", "x", INEXACT),
    *operations(_LAX, "round", "x rounding_method", LIKEWISE),
    *operations(_LAX, "is_finite", "x", PREDICATE),
    *operations(_LAX, "add bitwise_and bitwise_or bitwise_xor div max min mul mulhi rem sub", "x y", ELEMENTWISE),
    *operations(_LAX, "atan2 pow", "x y", ArrayResult(shape=ShapeRule.BROADCAST)),
    *operations(_LAX, "shift_left shift_right_arithmetic shift_right_logical", "x y", ELEMENTWISE),
    *operations(_LAX, "complex", "x y"),
    *operations(_LAX, "eq ge gt le lt ne", "x y", PREDICATE),
    *operations(_LAX, "nextafter", "x1 x2"),
    *operations(_LAX, "integer_pow", "x y", LIKEWISE, static="y"),
    *operations(_LAX, "betainc", "a b x"),
    *operations(_LAX, "igamma igamma_grad_a igammac", "a x"),
    *operations(_LAX, "polygamma", "m x"),
    *operations(_LAX, "zeta", "x q"),
    *operations(_LAX, "random_gamma_grad", "*args"),
    *operations(_LAX, "clamp", "min x max"),
    *operations(replace(_LAX, chooses=True), "select", "pred on_true on_false"),
    *operations(_LAX, "select_n", "which *cases"),
    *operations(
        _LAX, "reduce_precision", "operand exponent_bits mantissa_bits", SAME, static="exponent_bits mantissa_bits"
    ),
    *operations(_LAX, "convert_element_type", "operand new_dtype", RECAST),
    *operations(_LAX, "bitcast_convert_type", "operand new_dtype"),
    *operations(_LAX, "stop_gradient", "x", ArgumentResult("x")),
    *operations(_LAX, "optimization_barrier", "operand", ArgumentResult("operand", arrays=True)),
)

_SHAPES = (
    *operations(_LAX, "full", "shape fill_value dtype", filled(DtypeRule.FILLED), static="shape"),
    *operations(_LAX, "full_like", "x fill_value dtype shape sharding", arranged(ShapeRule.LIKE), static="shape"),
    *operations(_LAX, "empty", "shape dtype", filled(DtypeRule.FLOAT), static="shape"),
    *operations(_LAX, "iota", "dtype size", filled(DtypeRule.INTEGER, ShapeRule.COUNTED), static="size"),
    *operations(_LAX, "broadcasted_iota", "dtype shape dimension", filled(DtypeRule.INTEGER), static="shape dimension"),
    *operations(_LAX, "broadcast", "operand sizes", KEPT, static="sizes"),
    *operations(
        _LAX,
        "broadcast_in_dim",
        "operand shape broadcast_dimensions",
        arranged(ShapeRule.ASKED),
        static="shape broadcast_dimensions",
    ),
    *operations(_LAX, "broadcast_to_rank", "x rank", SAME, static="rank"),
    *operations(
        _LAX,
        "reshape",
        "operand new_sizes dimensions",
        arranged(ShapeRule.RESHAPED, keeps=True),
        static="new_sizes",
    ),
    *operations(
        _LAX, "collapse", "operand start_dimension stop_dimension", KEPT, static="start_dimension stop_dimension"
    ),
    *operations(_LAX, "expand_dims", "array dimensions", arranged(ShapeRule.EXPANDED), static="dimensions"),
    *operations(_LAX, "squeeze", "array dimensions", arranged(ShapeRule.SQUEEZED, keeps=True), static="dimensions"),
    *operations(_LAX, "transpose", "operand permutation", arranged(ShapeRule.TRANSPOSED, keeps=True), static="permutation"),
    *operations(_LAX, "rev", "operand dimensions", LIKEWISE, static="dimensions"),
    *operations(_LAX, "tile", "operand reps", SAME, static="reps"),
    *operations(_LAX, "pad", "operand padding_value padding_config", SAME, static="padding_config"),
    *operations(_LAX, "concatenate", "operands dimension", _JOINED, static="dimension"),
    *operations(_LAX, "stack", "operands axis", static="axis"),
    *operations(_LAX, "unstack", "x axis", ARRAY_TUPLE, static="axis"),
    *operations(_LAX, "split", "operand sizes axis", ARRAYS, static="sizes axis"),
)

_INDEXING = (
    *operations(
        _LAX, "slice", "operand start_indices limit_indices strides", SAME, static="start_indices limit_indices"
    ),
    *operations(
        _LAX,
        "slice_in_dim",
        "operand start_index limit_index stride axis",
        SAME,
        static="start_index limit_index stride axis",
    ),
    *operations(
        _LAX,
        "index_in_dim",
        "operand index axis keepdims",
        arranged(ShapeRule.INDEXED_AXIS),
        static="index axis keepdims",
    ),
    *operations(
        _LAX,
        "dynamic_slice",
        "operand start_indices slice_sizes",
        arranged(ShapeRule.SLICED),
        static="slice_sizes",
    ),
    *operations(
        _LAX,
        "dynamic_slice_in_dim",
        "operand start_index slice_size axis",
        arranged(ShapeRule.SLICED_AXIS),
        static="slice_size axis",
    ),
    *operations(
        _LAX,
        "dynamic_index_in_dim",
        "operand index axis keepdims",
        arranged(ShapeRule.INDEXED_AXIS),
        static="axis keepdims",
    ),
    *operations(_LAX, "dynamic_update_slice", "operand update start_indices", _UPDATED),
    *operations(_LAX, "dynamic_update_slice_in_dim", "operand update start_index axis", _UPDATED, static="axis"),
    *operations(_LAX, "dynamic_update_index_in_dim", "operand update index axis", _UPDATED, static="axis"),
    *operations(_LAX, "gather", "operand start_indices dimension_numbers slice_sizes", SAME, static="slice_sizes"),
    *operations(
        _LAX,
        "scatter scatter_add scatter_max scatter_min scatter_mul scatter_sub",
        "operand scatter_indices updates dimension_numbers",
        SAME,
    ),
    *operations(_LAX, "index_take", "src idxs axes", SAME, static="axes"),
    *operations(
        _LAX,
        "sort",
        "operand dimension is_stable num_keys",
        ArgumentResult("operand", arrays=True),
        static="dimension is_stable num_keys",
    ),
    *operations(_LAX, "sort_key_val", "keys values dimension is_stable", PAIR, static="dimension is_stable"),
    *operations(_LAX, "top_k", "operand k", ARRAYS, static="k axis"),
    *operations(
        _LAX,
        "approx_max_k approx_min_k",
        "operand k reduction_dimension recall_target reduction_input_size_override aggregate_to_topk",
        ARRAYS,
        static="k reduction_dimension recall_target reduction_input_size_override aggregate_to_topk",
    ),
)

_REDUCTIONS = (
    *operations(_LAX, "reduce_max reduce_min reduce_prod reduce_sum reduce_xor", "operand axes", _REDUCED, static="axes"),
    *operations(_LAX, "reduce_and reduce_or", "operand axes", _REDUCED, static="axes"),
    *operations(_LAX, "cumlogsumexp cummax cummin cumprod cumsum", "operand axis reverse", LIKEWISE, static="axis reverse"),
    *operations(
        _LAX,
        "argmax argmin",
        "operand axis index_dtype",
        filled(DtypeRule.INTEGER, ShapeRule.WITHOUT_AXIS),
        static="axis",
    ),
)

_PRODUCTS = (
    *operations(_LAX, "dot", "lhs rhs"),
    *operations(_LAX, "batch_matmul", "lhs rhs precision"),
    *operations(
        _LAX,
        "dot_general",
        "lhs rhs dimension_numbers precision preferred_element_type",
        static="dimension_numbers",
    ),
    *operations(_LAX, "ragged_dot", "lhs rhs group_sizes precision preferred_element_type group_offset"),
    *operations(
        _LAX, "conv", "lhs rhs window_strides padding precision preferred_element_type", static="window_strides padding"
    ),
    *operations(
        _LAX,
        "conv_with_general_padding",
        "lhs rhs window_strides padding lhs_dilation rhs_dilation precision preferred_element_type",
        static="window_strides padding lhs_dilation rhs_dilation",
    ),
    *operations(
        _LAX,
        "conv_general_dilated",
        "lhs rhs window_strides padding lhs_dilation rhs_dilation dimension_numbers feature_group_count "
        "batch_group_count precision preferred_element_type",
        static="window_strides padding lhs_dilation rhs_dilation feature_group_count batch_group_count",
    ),
    *operations(
        _LAX,
        "conv_general_dilated_patches",
        "lhs filter_shape window_strides padding lhs_dilation rhs_dilation dimension_numbers precision "
        "preferred_element_type",
        static="filter_shape window_strides padding lhs_dilation rhs_dilation",
    ),
    *operations(
        _LAX,
        "conv_transpose",
        "lhs rhs strides padding rhs_dilation dimension_numbers transpose_kernel precision preferred_element_type",
        static="strides padding rhs_dilation",
    ),
    *operations(_LAX, "fft", "x fft_type fft_lengths", static="fft_lengths"),
)

_LINEAR_ALGEBRA = (
    *operations(_LINALG, "cholesky", "x", SAME, static="symmetrize_input"),
    *operations(_LINALG, "cholesky_update", "r_matrix w_vector", SAME),
    *operations(_LINALG, "eigh", "x", PAIR, static="lower symmetrize_input sort_eigenvalues"),
    *operations(_LINALG, "eig lu schur", "x", ARRAYS),
    *operations(_LINALG, "hessenberg tridiagonal", "a", ARRAYS),
    *operations(_LINALG, "householder_product", "a taus", SAME),
    *operations(_LINALG, "lu_pivots_to_permutation", "pivots permutation_size", static="permutation_size"),
    *operations(_LINALG, "ormqr", "a taus c", SAME, static="transpose"),
    *operations(_LINALG, "qdwh", "x", ArrayResult(4), static="is_hermitian"),
    *operations(_LINALG, "qr", "x", PAIR, static="pivoting full_matrices", unless="pivoting"),
    *operations(_LINALG, "svd", "x", TRIPLE, static="full_matrices compute_uv", unless="compute_uv"),
    *operations(_LINALG, "symmetric_product", "a_matrix c_matrix"),
    *operations(
        _LINALG,
        "triangular_solve",
        "a b",
        static="left_side lower transpose_a conjugate_a unit_diagonal",
    ),
    *operations(_LINALG, "tridiagonal_solve", "dl d du b"),
)

_COLLECTIVES = (
    *operations(_LAX, "psum pmean pmax pmin", "x axis_name", ArgumentResult("x", arrays=True)),
    *operations(_LAX, "all_gather", "x axis_name", ArgumentResult("x", arrays=True), static="axis tiled"),
    *operations(
        _LAX,
        "psum_scatter",
        "x axis_name",
        ArgumentResult("x", arrays=True),
        static="tiled",
    ),
    *operations(
        _LAX,
        "all_to_all",
        "x axis_name split_axis concat_axis",
        ArgumentResult("x", arrays=True),
        static="split_axis concat_axis tiled",
    ),
    *operations(_LAX, "ppermute pshuffle", "x axis_name perm", ArgumentResult("x", arrays=True), static="perm"),
    *operations(_LAX, "pswapaxes", "x axis_name axis", ArgumentResult("x", arrays=True), static="axis"),
    *operations(_LAX, "pbroadcast", "x axis_name source", ArgumentResult("x", arrays=True), static="source"),
    *operations(_LAX, "pcast", "x axis_name", ArgumentResult("x", arrays=True)),
    *operations(_LAX, "axis_index", "axis_name", ArrayResult(dtype="int32", shape=ShapeRule.SCALAR)),
    *operations(_ABSTRACT, "axis_size", "axis_name", HOST_INT),
    *operations(_LAX, "with_sharding_constraint", "x shardings", ArgumentResult("x", arrays=True)),
)

_HOST = (
    *operations(_ABSTRACT, "broadcast_shapes", "*shapes"),
    *operations(_ABSTRACT, "dtype", "x", HOST_DTYPE),
    *operations(_ABSTRACT, "conv_dimension_numbers", "lhs_shape rhs_shape dimension_numbers"),
    *operations(_ABSTRACT, "padtype_to_pads", "in_shape window_shape window_strides padding"),
    *operations(replace(_LAX, pure=False), "dce_sink", "val", NOTHING),
    *operations(_LAX, "create_token", "_", UNKNOWN),
    *operations(_LAX, "after_all", "*operands", UNKNOWN),
    *operations(
        replace(_LAX, key=KeyUse.DRAWS), "rng_bit_generator", "key shape dtype algorithm", PAIR, static="shape"
    ),
    *operations(_LAX, "rng_uniform", "a b shape", static="shape"),
)

ROWS: tuple[Row, ...] = (
    *_ELEMENTWISE,
    *_SHAPES,
    *_INDEXING,
    *_REDUCTIONS,
    *_PRODUCTS,
    *_LINEAR_ALGEBRA,
    *_COLLECTIVES,
    *_HOST,
    *classes(
        "jax.lax",
        ClassKind.OBJECT,
        "ConvDimensionNumbers GatherDimensionNumbers GatherScatterMode Precision RaggedDotDimensionNumbers "
        "RandomAlgorithm RoundingMethod ScatterDimensionNumbers DotAlgorithm DotAlgorithmPreset FftType",
    ),
)
