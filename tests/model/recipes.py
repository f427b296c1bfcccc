"""Arguments with which the functions of the model can be called: by the name of a parameter, or for one function.

Operands are NumPy arrays, which a test hands over as tracers; everything else is passed as it stands.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

F = np.array([[2, 0.5, 0.1], [0.5, 3, 0.2], [0.1, 0.2, 4]], np.float32)
"""Symmetric and positive definite, so that every decomposition exists."""
V = F[0]
S = np.float32(0.5)
C = F.astype(np.complex64)
INTS = (np.arange(9, dtype=np.int32) % 3).reshape(3, 3)
VI = INTS[0]
N = np.int32(2)
PROBABILITIES = np.array([0.2, 0.3, 0.5], np.float32)
B = F > 1
KEY = jax.random.key(0)

OPERANDS: Mapping[str, object] = {
    "key": KEY,
    "keys": F,
    "condition": B,
    "pred": B,
    "where": B,
    "mask": B,
    "indices": INTS,
    "xp": np.array([0, 1, 2], np.float32),
    "fp": V,
    "choicelist": [F, F],
    "condlist": [B, B],
    "arrays": [F, F],
    "tup": [F, F],
    "operands": [F, F],
    "start": S,
    "stop": S,
    "p": V,
    "ind": VI,
}
"""What an array parameter of that name gets; all others get `F`."""

STATIC: Mapping[str, object] = {
    "M": 3, "N": 3, "aggregate_to_topk": True, "antialias": False, "approximate": True, "assume_unique": False,
    "axes": (0, 1), "axis": 0, "axis1": 0, "axis2": 1, "axis_name": "i", "axisa": 0, "axisb": 0, "axisc": 0,
    "batch_group_count": 1, "bias": False, "broadcast_dimensions": (0, 1), "bucket_size": 2, "compute_uv": True,
    "conjugate_a": False, "copy": True, "count": 1, "cov": False, "d": 2, "ddof": 0, "decimals": 1, "deg": 1,
    "descending": False, "destination": 1, "dimension": 0, "dimensions": (2, 3), "dims": (3, 3), "eigvals_only": True,
    "endpoint": True, "equal_nan": False, "exact": False, "exponent_bits": 5, "feature_group_count": 1,
    "fill_value": 0, "fillvalue": 0, "full": False, "full_matrices": True, "hermitian": False,
    "include_initial": True, "increasing": True, "ind": 1, "independent": False, "index_dtype": np.int32,
    "indices_are_sorted": False, "indices_or_sections": 3, "invert": False, "is_causal": False, "is_hermitian": True,
    "is_stable": True, "k": 1, "keepdims": True, "kth": 1, "left_side": True, "length": 4, "lhs_dilation": (1, 1),
    "limit_index": 2, "lower": True, "m": 1, "mantissa_bits": 5, "max_squarings": 4, "minlength": 3, "n": 2,
    "ndim": 2, "ndmin": 1, "new_shape": (2, 3), "new_sizes": (9,), "num": 4, "num_classes": 3, "num_keys": 1,
    "num_segments": 3, "numpy_resid": False, "offset": 0, "ord": 2, "order": 1, "overwrite_input": False,
    "pad_width": 1, "padding": ((0, 0), (0, 0)), "permute_l": False, "pivoting": False, "promote_integers": True,
    "rank": 2, "recall_target": 0.9, "reduction_dimension": 0, "reduction_input_size_override": 3, "replace": True,
    "reps": 2, "retstep": False, "return_counts": True, "return_index": True, "return_indices": True,
    "return_inverse": True, "return_sign": True, "returned": True, "reverse": True, "rhs_dilation": (1, 1),
    "right": False, "rowvar": True, "s": (2, 2), "series_order": 3, "shape": (2, 3), "size": 3, "sizes": (2,),
    "slice_size": 1, "slice_sizes": (1, 1), "sort_eigenvalues": True, "source": 0, "sparse": False, "stable": True,
    "start_dimension": 0, "start_index": 0, "stop_dimension": 1, "stride": 1, "strides": (1, 1), "strip_zeros": False,
    "symmetrize_input": True, "tiled": True, "total_repeat_length": 6, "trans": 0, "transpose": False,
    "transpose_a": False, "trim_leading_zeros": False, "unique_indices": False, "unit_diagonal": False, "unroll": 4,
    "upper": False, "upper_triangular": False, "window_strides": (1, 1),
}  # fmt: skip
"""A value that a static parameter of that name takes."""


def _same(module: str, names: str, arguments: dict[str, object]) -> dict[str, dict[str, object]]:
    return {f"{module}.{name}": arguments for name in names.split()}


def _ufuncs(names: str, operand: np.ndarray) -> dict[str, dict[str, object]]:
    methods: dict[str, dict[str, object]] = {
        "at": {"a": operand, "indices": VI, "b": operand, "inplace": False},
        "reduce": {"a": operand},
        "accumulate": {"a": operand},
        "outer": {"A": operand, "B": operand},
    }
    return {f"jax.numpy.{name}.{method}": given for name in names.split() for method, given in methods.items()}


_OUTER = jax.tree.structure([0, 0])
_INNER = jax.tree.structure((0,))

SPECIAL: Mapping[str, Mapping[str, object]] = {
    **_same("jax.numpy", "arange", {"start": 3, "stop": 5, "step": 1}),
    **_same("jax.numpy", "bincount", {"x": VI, "length": 4}),
    **_same("jax.numpy", "broadcast_shapes", {"*shapes": [(2, 1), (1, 3)]}),
    **_same("jax.numpy", "can_cast", {"from_": np.dtype("float32"), "to": np.dtype("int32")}),
    **_same("jax.numpy", "choose", {"a": VI, "choices": [V, V, V], "mode": "wrap"}),
    **_same("jax.numpy", "compress", {"condition": B[0], "size": 2, "axis": 0}),
    **_same("jax.numpy", "convolve correlate searchsorted", {"a": V, "v": V}),
    **_same("jax.numpy", "delete", {"obj": 1}),
    **_same("jax.numpy", "digitize", {"bins": V}),
    **_same("jax.numpy", "dsplit", {"ary": np.ones((3, 3, 3), np.float32)}),
    **_same("jax.numpy", "einsum", {"subscripts": "ij,jk", "*operands": [F, F]}),
    **_same("jax.numpy", "einsum_path", {"subscripts": "ij,jk", "*operands": [F, F], "optimize": "greedy"}),
    **_same("jax.numpy", "extract", {"condition": B, "size": 2}),
    **_same(
        "jax.numpy",
        "flatnonzero nonzero argwhere intersect1d setdiff1d setxor1d union1d unique unique_all unique_counts "
        "unique_inverse unique_values",
        {"size": 2},
    ),
    **_same("jax.numpy", "fill_diagonal", {"val": S, "inplace": False}),
    **_same("jax.numpy", "put", {"ind": VI, "v": V, "inplace": False}),
    **_same("jax.numpy", "place", {"mask": B, "vals": V, "inplace": False}),
    **_same("jax.numpy", "put_along_axis", {"indices": INTS, "values": F, "axis": 0, "inplace": False}),
    **_same("jax.numpy", "frombuffer", {"buffer": b"12345678", "count": 2, "offset": 0, "dtype": "float32"}),
    **_same("jax.numpy", "fromstring", {"string": "1 2", "sep": " "}),
    **_same("jax.numpy", "full full_like", {"fill_value": S}),
    **_same("jax.numpy", "geomspace", {"start": 1.0, "stop": 2.0}),
    **_same("jax.numpy", "gcd lcm right_shift bitwise_right_shift", {"x1": INTS, "x2": INTS}),
    **_same("jax.numpy", "insert", {"obj": 1, "values": S}),
    **_same("jax.numpy", "interp vander", {"x": V}),
    **_same("jax.numpy", "isdtype", {"dtype": np.dtype("float32"), "kind": "real floating"}),
    **_same("jax.numpy", "issubdtype", {"arg1": np.dtype("float32"), "arg2": np.floating}),
    **_same("jax.numpy", "ix_", {"*args": [V, V]}),
    **_same("jax.numpy", "ldexp", {"x2": INTS}),
    **_same("jax.numpy", "left_shift bitwise_and bitwise_or bitwise_xor bitwise_left_shift", {"x": INTS, "y": INTS}),
    **_same("jax.numpy", "bitwise_not bitwise_invert invert bitwise_count", {"x": INTS}),
    **_same("jax.numpy", "meshgrid", {"*xi": [V, V]}),
    **_same("jax.numpy", "packbits", {"a": B}),
    **_same("jax.numpy", "pad", {"pad_width": 1}),
    **_same("jax.numpy", "partition argpartition", {"kth": 1}),
    **_same("jax.numpy", "permute_dims transpose", {"axes": (1, 0)}),
    **_same("jax.numpy", "poly", {"seq_of_zeros": V}),
    **_same("jax.numpy", "polyadd polysub polymul", {"a1": V, "a2": V}),
    **_same("jax.numpy", "polydiv", {"u": V, "v": V}),
    **_same("jax.numpy", "polyfit", {"x": V, "y": V, "deg": 1}),
    **_same("jax.numpy", "polyder", {"p": V, "m": 1}),
    **_same("jax.numpy", "polyint", {"p": V, "m": 1, "k": 0}),
    **_same("jax.numpy", "promote_types", {"a": np.dtype("float32"), "b": np.dtype("int32")}),
    **_same("jax.numpy", "percentile quantile nanquantile nanpercentile", {"q": S}),
    **_same("jax.numpy", "ravel_multi_index", {"multi_index": [VI, VI], "mode": "wrap"}),
    **_same("jax.numpy", "resize", {"new_shape": (2, 3)}),
    **_same("jax.numpy", "roots", {"p": V, "strip_zeros": False}),
    **_same("jax.numpy", "squeeze", {"a": F[:1], "axis": 0}),
    **_same("jax.numpy", "take_along_axis cumulative_prod cumulative_sum", {"axis": 0}),
    **_same("jax.numpy", "tril_indices", {"n": 3}),
    **_same("jax.numpy", "trim_zeros", {"filt": V}),
    **_same("jax.numpy", "unpackbits", {"a": np.ones(3, np.uint8), "count": 3}),
    **_same("jax.numpy", "unravel_index", {"indices": VI, "shape": (3, 3)}),
    **_same("jax.numpy", "histogram histogram_bin_edges histogramdd", {"bins": 3}),
    **_same("jax.numpy", "histogram2d", {"x": V, "y": V, "bins": 3}),
    **_same("jax.numpy", "average", {"weights": F}),
    **_same("jax.numpy", "diag", {"k": 1}),
    **_same("jax.numpy", "rollaxis", {"start": 0}),
    **_same("jax.numpy", "rot90 tril triu", {"m": F, "k": 1}),
    **_same("jax.numpy", "diff", {"n": 1}),
    **_same("jax.numpy", "matvec", {"x1": F, "x2": V}),
    **_same("jax.numpy", "vecmat", {"x1": V, "x2": F}),
    **_same("jax.numpy", "tensordot", {"axes": 1}),
    **_same("jax.numpy", "astype", {"dtype": np.dtype("int32")}),
    **_same("jax.numpy", "linspace logspace", {"num": 4}),
    **_same("jax.numpy", "broadcast_to", {"shape": (3, 3)}),
    **_same("jax.numpy", "clip", {"arr": F, "min": S}),
    **_same("jax.numpy", "fliplr flipud flip cov", {"m": F}),
    **_same("jax.numpy", "gradient", {"*varargs": []}),
    **_same("jax.numpy", "reshape", {"shape": (9,)}),
    **_same("jax.numpy", "polyval", {"p": V, "x": V}),
    **_same("jax.numpy.linalg", "tensorinv", {"a": np.eye(4, dtype=np.float32).reshape(4, 2, 2), "ind": 1}),
    **_same("jax.numpy.linalg", "tensorsolve", {"a": F, "b": V}),
    **_same("jax.numpy.linalg", "tensordot", {"axes": 1}),
    **_same("jax.numpy.linalg", "matrix_norm", {"ord": "fro"}),
    **_same("jax.numpy.linalg", "lstsq solve", {"b": V}),
    **_same("jax.numpy.linalg", "cond", {"p": 2}),
    **_same("jax.numpy.linalg", "outer", {"x1": V, "x2": V}),
    **_same("jax.numpy.linalg", "matrix_rank", {"M": F}),
    **_same("jax.numpy.fft", "fftfreq rfftfreq", {"n": 4}),
    **_same(
        "jax.lax",
        "bitwise_and bitwise_or bitwise_xor shift_left shift_right_arithmetic shift_right_logical mulhi",
        {"x": INTS, "y": INTS},
    ),
    **_same("jax.lax", "bitwise_not clz population_count", {"x": INTS}),
    **_same("jax.lax", "integer_pow", {"y": 2}),
    **_same("jax.lax", "clamp", {"min": S, "max": S}),
    **_same("jax.lax", "concatenate", {"dimension": 0}),
    **_same("jax.lax", "broadcast_in_dim", {"shape": (3, 3), "broadcast_dimensions": (0, 1)}),
    **_same("jax.lax", "broadcast_to_rank", {"rank": 2}),
    **_same("jax.lax", "iota", {"dtype": np.float32, "size": 3}),
    **_same("jax.lax", "broadcasted_iota", {"dtype": np.float32, "dimension": 0}),
    **_same("jax.lax", "bitcast_convert_type", {"new_dtype": np.int32}),
    **_same("jax.lax", "convert_element_type", {"new_dtype": np.float32}),
    **_same("jax.lax", "broadcast_shapes", {"*shapes": [(2, 1), (1, 3)]}),
    **_same("jax.lax", "collapse", {"start_dimension": 0, "stop_dimension": 2}),
    **_same("jax.lax", "argmax argmin", {"index_dtype": np.int32}),
    **_same("jax.lax", "dot_general", {"dimension_numbers": (((1,), (0,)), ((), ()))}),
    **_same("jax.lax", "dynamic_slice", {"start_indices": [np.int32(0), np.int32(0)]}),
    **_same("jax.lax", "dynamic_slice_in_dim", {"start_index": np.int32(0)}),
    **_same("jax.lax", "dynamic_index_in_dim", {"index": np.int32(0)}),
    **_same("jax.lax", "dynamic_update_slice", {"update": F[:1, :1], "start_indices": [np.int32(0), np.int32(0)]}),
    **_same("jax.lax", "dynamic_update_slice_in_dim", {"update": F[:1], "start_index": np.int32(0), "axis": 0}),
    **_same("jax.lax", "dynamic_update_index_in_dim", {"update": V, "index": np.int32(0), "axis": 0}),
    **_same("jax.lax", "expand_dims rev", {"dimensions": (0,)}),
    **_same("jax.lax", "full full_like", {"fill_value": S}),
    **_same("jax.lax", "empty", {"dtype": np.float32}),
    **_same("jax.lax", "index_in_dim", {"index": 0}),
    **_same("jax.lax", "pad", {"padding_value": S, "padding_config": ((0, 1, 0), (0, 1, 0))}),
    **_same("jax.lax", "reduce_and reduce_or", {"operand": B}),
    **_same("jax.lax", "reduce_xor", {"operand": INTS}),
    **_same("jax.lax", "rng_uniform", {"a": S, "b": np.float32(1)}),
    **_same("jax.lax", "rng_bit_generator", {"key": np.zeros(4, np.uint32)}),
    **_same("jax.lax", "select_n", {"which": B, "*cases": [F, F]}),
    **_same("jax.lax", "slice", {"start_indices": (0, 0), "limit_indices": (2, 2)}),
    **_same("jax.lax", "split", {"sizes": (1, 2)}),
    **_same("jax.lax", "squeeze", {"array": F[:1], "dimensions": (0,)}),
    **_same("jax.lax", "top_k", {"k": 2}),
    **_same("jax.lax", "transpose", {"permutation": (1, 0)}),
    **_same(
        "jax.lax",
        "conv conv_general_dilated",
        {
            "lhs": np.ones((1, 1, 4, 4), np.float32),
            "rhs": np.ones((1, 1, 2, 2), np.float32),
            "window_strides": (1, 1),
            "padding": "VALID",
        },
    ),
    **_same(
        "jax.lax",
        "conv_with_general_padding",
        {
            "lhs": np.ones((1, 1, 4, 4), np.float32),
            "rhs": np.ones((1, 1, 2, 2), np.float32),
            "window_strides": (1, 1),
            "padding": "VALID",
            "lhs_dilation": None,
            "rhs_dilation": None,
        },
    ),
    **_same(
        "jax.lax",
        "conv_general_dilated_patches",
        {
            "lhs": np.ones((1, 1, 4, 4), np.float32),
            "filter_shape": (2, 2),
            "window_strides": (1, 1),
            "padding": "VALID",
        },
    ),
    **_same(
        "jax.lax",
        "conv_transpose",
        {
            "lhs": np.ones((1, 4, 4, 1), np.float32),
            "rhs": np.ones((2, 2, 1, 1), np.float32),
            "strides": (1, 1),
            "padding": "VALID",
        },
    ),
    **_same(
        "jax.lax", "ragged_dot", {"rhs": np.ones((2, 3, 3), np.float32), "group_sizes": np.array([1, 2], np.int32)}
    ),
    **_same("jax.lax", "reshape", {"new_sizes": (9,)}),
    **_same("jax.lax", "sort_key_val", {"keys": V, "values": V}),
    **_same("jax.lax", "sort", {"operand": F}),
    **_same("jax.lax", "tile", {"reps": (2, 1)}),
    **_same("jax.lax", "batch_matmul", {"lhs": np.ones((2, 3, 3), np.float32), "rhs": np.ones((2, 3, 3), np.float32)}),
    **_same("jax.lax", "approx_max_k approx_min_k", {"k": 1}),
    **_same("jax.lax", "polygamma", {"m": F}),
    **_same("jax.lax", "cumsum", {"axis": 0}),
    **_same("jax.lax", "real imag conj", {"x": C}),
    **_same(
        "jax.lax",
        "gather",
        {
            "start_indices": np.zeros((1, 1), np.int32),
            "dimension_numbers": jax.lax.GatherDimensionNumbers((1,), (0,), (0,)),
            "slice_sizes": (1, 3),
        },
    ),
    **_same("jax.lax", "index_take", {"idxs": (VI,), "axes": (0,)}),
    **_same("jax.lax", "fft", {"x": C, "fft_type": "fft", "fft_lengths": (3,)}),
    **_same(
        "jax.lax",
        "scatter scatter_add scatter_max scatter_min scatter_mul scatter_sub",
        {
            "scatter_indices": np.zeros((1, 1), np.int32),
            "updates": F[:1],
            "dimension_numbers": jax.lax.ScatterDimensionNumbers((1,), (0,), (0,)),
        },
    ),
    **_same("jax.lax.linalg", "lu_pivots_to_permutation", {"pivots": VI, "permutation_size": 3}),
    **_same("jax.lax.linalg", "householder_product", {"taus": V}),
    **_same("jax.lax.linalg", "ormqr", {"taus": V, "c": F}),
    **_same("jax.lax.linalg", "tridiagonal_solve", {"dl": V, "d": V, "du": V}),
    **_same("jax.lax.linalg", "cholesky_update", {"w_vector": V}),
    **_same("jax.nn", "one_hot", {"x": VI, "num_classes": 3}),
    **_same("jax.nn", "glu", {"x": np.ones((2, 4), np.float32)}),
    **_same(
        "jax.nn",
        "dot_product_attention",
        {
            "query": np.ones((1, 2, 2, 4), np.float32),
            "key": np.ones((1, 2, 2, 4), np.float32),
            "value": np.ones((1, 2, 2, 4), np.float32),
        },
    ),
    **_same(
        "jax.nn",
        "scaled_matmul",
        {
            "lhs": np.ones((1, 2, 32), np.float32),
            "rhs": np.ones((1, 2, 32), np.float32),
            "lhs_scales": np.ones((1, 2, 1), np.float32),
            "rhs_scales": np.ones((1, 2, 1), np.float32),
        },
    ),
    **_same(
        "jax.ops", "segment_sum segment_max segment_min segment_prod", {"data": V, "segment_ids": VI, "num_segments": 3}
    ),
    **_same("jax.image", "resize", {"method": "linear", "shape": (2, 2)}),
    **_same(
        "jax.image",
        "scale_and_translate",
        {"shape": (2, 2), "spatial_dims": (0, 1), "scale": V[:2], "translation": V[:2], "method": "linear"},
    ),
    **_same("jax.random", "PRNGKey key", {"seed": np.int32(0)}),
    **_same("jax.random", "ball", {"d": 2, "shape": (2, 3)}),
    **_same("jax.random", "choice", {"a": V, "shape": (2, 3)}),
    **_same("jax.random", "dirichlet", {"alpha": V, "shape": (2,)}),
    **_same("jax.random", "generalized_normal bernoulli geometric", {"p": S, "shape": (2, 3)}),
    **_same("jax.random", "multinomial", {"n": np.float32(3), "p": V, "shape": (3,)}),
    **_same("jax.random", "multivariate_normal", {"mean": V, "cov": F, "shape": (2,)}),
    **_same("jax.random", "orthogonal", {"n": 2}),
    **_same("jax.random", "permutation", {"x": V, "axis": 0, "independent": False}),
    **_same("jax.random", "randint", {"minval": np.int32(0), "maxval": np.int32(5)}),
    **_same("jax.random", "split", {"num": 2}),
    **_same("jax.random", "fold_in", {"data": np.int32(1)}),
    **_same("jax.random", "wrap_key_data", {"key_bits_array": np.zeros(2, np.uint32)}),
    **_same("jax.random", "key_data key_impl", {"keys": KEY}),
    **_same("jax.random", "categorical", {"logits": F, "axis": -1, "shape": (3,), "replace": True}),
    **_same("jax.random", "binomial", {"n": np.float32(3), "p": S, "shape": (2, 3)}),
    **_same("jax.random", "beta", {"a": S, "b": S, "shape": (2, 3)}),
    **_same("jax.random", "chisquare t", {"df": S, "shape": (2, 3)}),
    **_same("jax.random", "f", {"dfnum": S, "dfden": S, "shape": (2, 3)}),
    **_same("jax.random", "gamma loggamma", {"a": S, "shape": (2, 3)}),
    **_same("jax.random", "lognormal", {"sigma": S, "shape": (2, 3)}),
    **_same("jax.random", "pareto", {"b": S, "shape": (2, 3)}),
    **_same("jax.random", "poisson", {"lam": S, "shape": (2, 3)}),
    **_same("jax.random", "rayleigh", {"scale": S, "shape": (2, 3)}),
    **_same("jax.random", "wald", {"mean": S, "shape": (2, 3)}),
    **_same("jax.random", "weibull_min", {"scale": S, "concentration": S, "shape": (2, 3)}),
    **_same("jax.random", "double_sided_maxwell", {"loc": S, "scale": S, "shape": (2, 3)}),
    **_same("jax.random", "truncated_normal", {"lower": S, "upper": S, "shape": (2, 3)}),
    **_same("jax.random", "triangular", {"left": np.float32(0), "mode": S, "right": np.float32(1), "shape": (2, 3)}),
    **_same(
        "jax.random",
        "normal uniform gumbel bits cauchy exponential laplace logistic maxwell rademacher",
        {"shape": (2, 3)},
    ),
    **_same("jax.scipy.special", "zeta", {"q": F}),
    **_same("jax.scipy.linalg", "cho_solve", {"c_and_lower": (F, False), "b": V}),
    **_same("jax.scipy.linalg", "lu_solve", {"lu_and_piv": (F, VI), "b": V}),
    **_same("jax.scipy.ndimage", "map_coordinates", {"input": F, "coordinates": [V, V], "order": 1}),
    **_same("jax.nn.initializers", "ones zeros", {"key": KEY, "shape": (2, 3)}),
    # Trees, devices, formats.
    **_same("jax.tree", "unflatten", {"treedef": jax.tree.structure([1, 2]), "leaves": [F, F]}),
    **_same(
        "jax.tree", "transpose", {"outer_treedef": _OUTER, "inner_treedef": _INNER, "pytree_to_transpose": [(F,), (F,)]}
    ),
    **_same("jax.tree", "all", {"tree": [S]}),
    **_same("jax.tree_util", "treedef_children treedef_is_leaf", {"treedef": _OUTER}),
    **_same("jax.tree_util", "treedef_tuple", {"treedefs": [_OUTER, _INNER]}),
    **_same("jax.tree_util", "keystr", {"keys": (jax.tree_util.DictKey("a"),)}),
    **_same("jax.debug", "print", {"fmt": "done", "*args": []}),
    **_same("jax.dtypes", "canonicalize_dtype", {"dtype": np.dtype("float32")}),
    # Functions of `jax.numpy` and `jax.lax` that need more than their signature says.
    **_same("jax.numpy", "clip", {"arr": F, "min": S}),
    **_same("jax.numpy", "where", {"x": F, "y": F}),
    **_same("jax.numpy", "roll", {"shift": 1}),
    **_same("jax.numpy", "repeat", {"repeats": 2}),
    **_same("jax.numpy", "top_k", {"k": 2}),
    **_ufuncs("add logaddexp logaddexp2 maximum minimum multiply subtract logical_and logical_or logical_xor", F),
    **_ufuncs("bitwise_and bitwise_or bitwise_xor", INTS),
    **_same("jax.numpy", "negative.at", {"indices": VI, "inplace": False}),
    **_same("jax.lax", "stack", {"axis": 0}),
    **_same("jax.lax", "with_sharding_constraint", {"shardings": jax.sharding.SingleDeviceSharding(jax.devices()[0])}),
    **_same(
        "jax.lax",
        "conv_dimension_numbers",
        {"lhs_shape": (1, 1, 4, 4), "rhs_shape": (1, 1, 2, 2), "dimension_numbers": None},
    ),
    **_same(
        "jax.lax",
        "padtype_to_pads",
        {"in_shape": (4,), "window_shape": (2,), "window_strides": (1,), "padding": "VALID"},
    ),
    **_same("jax.lax", "after_all", {"*operands": []}),
    **_same("jax.lax", "pshuffle", {"perm": [1, 2, 0]}),
    **_same("jax.lax", "ppermute", {"perm": [(0, 1), (1, 2), (2, 0)]}),
    **_same("jax.lax", "all_to_all", {"split_axis": 0, "concat_axis": 0}),
    **_same("jax.numpy", "array", {"object": F, "*args": []}),
    **_same("jax.lax", "pswapaxes", {"axis": 0}),
    **_same("jax.scipy.stats", "dirichlet.logpdf dirichlet.pdf", {"x": PROBABILITIES, "alpha": V}),
    **_same("jax.scipy.stats", "multinomial.logpmf multinomial.pmf", {"x": VI, "n": N, "p": PROBABILITIES}),
}
"""Arguments of functions for which the names of their parameters do not tell enough."""


def is_operand(value: object) -> bool:
    """Whether a value is handed over as a tracer."""
    if isinstance(value, list):
        return bool(value) and all(map(is_operand, value))
    return isinstance(value, np.ndarray | np.generic | jax.Array)


@dataclass(frozen=True)
class Arguments:
    """The arguments of a call, and which of the parameters they belong to."""

    positional: tuple[object, ...]
    keywords: Mapping[str, object]
    names: tuple[str, ...]

    def given(self, name: str, value: object) -> Arguments:
        """The same call with another value for one parameter, given by keyword unless it has a place."""
        if name in self.names:
            place = self.names.index(name)
            return Arguments(
                (*self.positional[:place], value, *self.positional[place + 1 :]), self.keywords, self.names
            )
        return Arguments(self.positional, {**self.keywords, name: value}, self.names)

    def without(self, name: str) -> Arguments:
        """The same call without an argument, nor those behind it when it is given by position."""
        if name in self.names:
            at = self.names.index(name)
            return Arguments(self.positional[:at], self.keywords, self.names[:at])
        return Arguments(self.positional, {k: v for k, v in self.keywords.items() if k != name}, self.names)

    def argument(self, name: str) -> object:
        """What is given for a parameter, None when nothing is."""
        return self.positional[self.names.index(name)] if name in self.names else self.keywords.get(name)

    def traced(self, call: Callable[..., object], also: str = "") -> None:
        """Calls `call(*positional, **keywords)` once while tracing, with tracers for all operands.

        `also` names a parameter whose value becomes a tracer, too. The axis "i" is bound, with a size of three.
        """
        names = [*self.names, *("" for _ in self.positional[len(self.names) :])]
        pairs = zip(names, self.positional, strict=True)
        positional = [value if is_operand(value) or (also and name == also) else None for name, value in pairs]
        keywords = {name: value for name, value in self.keywords.items() if is_operand(value) or name == also}

        def body(positional: list[object], keywords: dict[str, object]) -> None:
            merged = (value if new is None else new for new, value in zip(positional, self.positional, strict=True))
            call(*merged, **{**self.keywords, **keywords})

        if "axis_name" in self.names:
            axes = [0 if is_operand(value) else None for value in positional]
            body = jax.vmap(body, in_axes=(axes, None), axis_name="i", axis_size=3)
        jax.eval_shape(body, positional, keywords)


def static_value(path: str, name: str) -> object:
    """A value for a static parameter that could be a tracer, if JAX let it: no string."""
    special = SPECIAL.get(path, {}).get(name)
    return STATIC[name] if special is None or isinstance(special, str) else special


def signature(function: Callable[..., object]) -> list[inspect.Parameter]:
    """The parameters; those of a ufunc of `jax.numpy`, whose signature Python cannot tell, are its operands."""
    if isinstance(function, jnp.ufunc):
        kind = inspect.Parameter.POSITIONAL_ONLY
        operands = [inspect.Parameter(name, kind) for name in ("x", "y")[: function.nin]]
        extra = [inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None) for n in ("out", "where")]
        return [*operands, *extra]
    return list(inspect.signature(function).parameters.values())


def arguments(path: str, function: Callable[..., object]) -> Arguments:
    """Arguments for the function at `path`: those without a default, and those that its recipe names."""
    special = SPECIAL.get(path, {})
    positional: list[object] = []
    names: list[str] = []
    keywords: dict[str, object] = {}
    for parameter in signature(function):
        name = parameter.name
        value = special.get(name, OPERANDS.get(name, STATIC.get(name, F)))
        wanted = parameter.default is parameter.empty or name in special
        match parameter.kind:
            case parameter.VAR_POSITIONAL:
                rest = special.get(f"*{name}", [F, F])
                assert isinstance(rest, list)
                positional.extend(rest)
            case parameter.VAR_KEYWORD:
                pass
            case parameter.KEYWORD_ONLY:
                if wanted:
                    keywords[name] = value
            case _ if parameter.default is parameter.empty or (parameter.kind is parameter.POSITIONAL_ONLY and wanted):
                positional.append(value)
                names.append(name)
            case _:
                if wanted:
                    keywords[name] = value
    return Arguments(tuple(positional), keywords, tuple(names))
