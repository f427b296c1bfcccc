"""`jax.numpy`: functions, dtypes and constants. `jax.numpy.linalg` and `jax.numpy.fft` have a module of their own.

Functions that take a function (`vectorize`, `apply_along_axis`, `fromfunction`, `piecewise`, …) are no operations.
"""

from __future__ import annotations

import math
from dataclasses import replace

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.model.families import (
    ACCUMULATED,
    ARRAY,
    ARRAY_TUPLE,
    ARRAYS,
    BOOL_SCALAR,
    ELEMENTWISE,
    HOST,
    HOST_BOOL,
    HOST_DTYPE,
    HOST_INT,
    HOST_STR,
    INEXACT,
    INT,
    INT32,
    INT_SCALAR,
    LIKEWISE,
    MAGNITUDE,
    MEAN,
    NOTHING,
    NUMERIC,
    PAIR,
    PREDICATE,
    RECAST,
    SAME,
    SAME_SCALAR,
    SCALAR,
    SUM,
    UNKNOWN,
    arranged,
    classes,
    filled,
    operations,
)
from jaxlint.model.schema import (
    ArrayResult,
    ClassKind,
    Constant,
    Effect,
    LibraryClass,
    Operation,
    Reads,
    Row,
)

_JNP = Operation("jax.numpy", ARRAY, pure=True)
_SPACED = ArrayResult(shape=ShapeRule.SPACED)
_JOINED = ArrayResult(shape=ShapeRule.CONCATENATED, typed=DtypeRule.JOINED)
_OUT = replace(_JNP, refuses_out=True)
_INPLACE = replace(_JNP, refuses_inplace=True)
_ABSTRACT = replace(_JNP, result=HOST, reads=Reads.NOTHING)

_UFUNCS = (
    "add bitwise_and bitwise_or bitwise_xor logaddexp logaddexp2 logical_and logical_or logical_xor "
    "maximum minimum multiply negative subtract"
)

_ELEMENTWISE = (
    *operations(
        _JNP,
        "acos acosh arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh "
        "cbrt cos cosh deg2rad degrees exp exp2 expm1 fabs i0 log log10 log1p log2 rad2deg radians rint sin "
        "sinh spacing sqrt tan tanh",
        "x",
        INEXACT,
    ),
    *operations(
        _JNP,
        "bitwise_invert bitwise_not conj conjugate invert positive sign square",
        "x",
        LIKEWISE,
    ),
    *operations(_JNP, "ceil floor trunc", "x", LIKEWISE),
    *operations(_JNP, "bitwise_count sinc", "x", ArrayResult(shape=ShapeRule.FIRST)),
    *operations(_JNP, "reciprocal", "x", INEXACT),
    *operations(_JNP, "abs absolute", "x", ArrayResult(shape=ShapeRule.FIRST, typed=DtypeRule.REAL)),
    *operations(_JNP, "iscomplex isfinite isinf isnan isreal logical_not signbit", "x", PREDICATE),
    *operations(_OUT, "isneginf isposinf", "x out", PREDICATE),
    *operations(_JNP, "real imag", "val", ArrayResult(shape=ShapeRule.FIRST, typed=DtypeRule.REAL)),
    *operations(_JNP, "angle", "z deg", ArrayResult(shape=ShapeRule.FIRST), static="deg"),
    *operations(_OUT, "around round", "a decimals out", LIKEWISE, static="decimals"),
    *operations(_JNP, "nan_to_num", "x copy nan posinf neginf", LIKEWISE),
    *operations(_JNP, "frexp", "x", PAIR),
    *operations(_OUT, "modf", "x out", PAIR),
    *operations(_OUT, "negative", "x", LIKEWISE),
    *operations(
        _OUT,
        "add bitwise_and bitwise_or bitwise_xor maximum minimum multiply subtract",
        "x y",
        ELEMENTWISE,
    ),
    *operations(_OUT, "logaddexp logaddexp2", "x y", INEXACT),
    *operations(_OUT, "logical_and logical_or logical_xor", "x y", PREDICATE),
    *operations(_JNP, "equal greater greater_equal less less_equal not_equal", "x y", PREDICATE),
    *operations(_JNP, "bitwise_left_shift left_shift", "x y", NUMERIC),
    *operations(_JNP, "float_power nextafter", "x y", INEXACT),
    *operations(
        _JNP,
        "bitwise_right_shift floor_divide fmod gcd lcm mod pow power remainder right_shift",
        "x1 x2",
        NUMERIC,
    ),
    *operations(_JNP, "fmax fmin", "x1 x2", ELEMENTWISE),
    *operations(_JNP, "arctan2 atan2 copysign divide hypot true_divide", "x1 x2", INEXACT),
    *operations(_JNP, "heaviside ldexp", "x1 x2", ArrayResult(shape=ShapeRule.BROADCAST)),
    *operations(_JNP, "divmod", "x1 x2", replace(NUMERIC, count=2)),
    *operations(_JNP, "clip", "arr min max", ELEMENTWISE),
    *operations(_JNP, "isclose", "a b rtol atol equal_nan", PREDICATE, static="equal_nan"),
    *operations(
        replace(_JNP, only_with=("x", "y"), otherwise=ARRAY_TUPLE),
        "where",
        "condition x y",
        ArrayResult(shape=ShapeRule.BROADCAST, typed=DtypeRule.CHOSEN),
        static="size",
        sized_by="size",
    ),
    *operations(_JNP, "select", "condlist choicelist default"),
    *operations(_JNP, "interp", "x xp fp left right period", ArrayResult(shape=ShapeRule.FIRST)),
    *operations(_JNP, "unwrap", "p discont axis period", ArrayResult(shape=ShapeRule.FIRST), static="axis"),
)


def _methods_of_ufuncs(method: str) -> str:
    return " ".join(f"{name}.{method}" for name in _UFUNCS.split() if name != "negative")


_UFUNC_METHODS = (
    *operations(_INPLACE, _methods_of_ufuncs("at"), "a indices b"),
    *operations(_INPLACE, "negative.at", "a indices"),
    *operations(_OUT, _methods_of_ufuncs("reduce"), "a axis dtype out keepdims initial where"),
    *operations(_OUT, _methods_of_ufuncs("accumulate"), "a axis dtype out"),
    *operations(_JNP, _methods_of_ufuncs("outer"), "A B"),
)

_REDUCTIONS = (
    *operations(
        _OUT,
        "sum prod",
        "a axis dtype out keepdims initial where promote_integers",
        SUM,
        static="axis keepdims promote_integers",
    ),
    *operations(_OUT, "nansum nanprod", "a axis dtype out keepdims initial where", SUM, static="axis keepdims"),
    *operations(
        _OUT,
        "amax amin max min nanmax nanmin",
        "a axis out keepdims initial where",
        SAME_SCALAR,
        static="axis keepdims",
    ),
    *operations(_OUT, "minmax", "a axis out keepdims initial where", PAIR, static="axis keepdims"),
    *operations(_OUT, "ptp", "a axis out keepdims", SAME_SCALAR, static="axis keepdims"),
    *operations(_OUT, "all any", "a axis out keepdims", BOOL_SCALAR, static="axis keepdims"),
    *operations(_OUT, "argmax argmin nanargmax nanargmin", "a axis out keepdims", INT_SCALAR, static="axis keepdims"),
    *operations(_JNP, "count_nonzero", "a axis keepdims", INT_SCALAR, static="axis keepdims"),
    *operations(_OUT, "mean", "a axis dtype out keepdims", MEAN, static="axis keepdims"),
    *operations(_OUT, "nanmean", "a axis dtype out keepdims where", MEAN, static="axis keepdims"),
    *operations(_OUT, "std var", "a axis dtype out ddof keepdims", MAGNITUDE, static="axis keepdims"),
    *operations(_OUT, "nanstd nanvar", "a axis dtype out ddof keepdims where mean", MAGNITUDE, static="axis keepdims"),
    *operations(
        _OUT,
        "median nanmedian",
        "a axis out overwrite_input keepdims",
        SCALAR,
        static="axis overwrite_input keepdims",
    ),
    *operations(
        _OUT,
        "percentile quantile nanpercentile nanquantile",
        "a q axis out overwrite_input method keepdims",
        static="axis overwrite_input keepdims",
    ),
    *operations(
        _JNP,
        "average",
        "a axis weights returned keepdims",
        SCALAR,
        static="axis returned keepdims",
        unless="returned",
    ),
    *operations(_OUT, "cumsum cumprod nancumsum nancumprod", "a axis dtype out", ACCUMULATED, static="axis"),
    *operations(_JNP, "cumulative_sum cumulative_prod", "x", static="axis include_initial"),
    *operations(_OUT, "trace", "a offset axis1 axis2 dtype out", static="axis1 axis2"),
    *operations(_JNP, "trapezoid", "y x dx axis", static="axis"),
    *operations(_JNP, "allclose", "a b rtol atol equal_nan", BOOL_SCALAR, static="equal_nan"),
    *operations(_JNP, "array_equal", "a1 a2 equal_nan", BOOL_SCALAR, static="equal_nan"),
    *operations(_JNP, "array_equiv", "a1 a2", BOOL_SCALAR),
)

_CREATION = (
    *operations(_JNP, "array", "object dtype", filled(DtypeRule.LITERAL, ShapeRule.LITERAL), static="ndmin"),
    *operations(
        _JNP,
        "asarray",
        "a dtype order",
        replace(filled(DtypeRule.LITERAL, ShapeRule.LITERAL), keeps=True),
        static="copy",
    ),
    *operations(_JNP, "zeros ones empty", "shape dtype", filled(DtypeRule.FLOAT), static="shape"),
    *operations(_JNP, "full", "shape fill_value dtype", filled(DtypeRule.FILLED), static="shape"),
    *operations(_JNP, "zeros_like ones_like", "a dtype shape", arranged(ShapeRule.LIKE), static="shape"),
    *operations(_JNP, "empty_like", "prototype dtype shape", arranged(ShapeRule.LIKE), static="shape"),
    *operations(_JNP, "full_like", "a fill_value dtype shape", arranged(ShapeRule.LIKE), static="shape"),
    *operations(
        _JNP, "arange", "start stop step dtype", filled(DtypeRule.RANGE, ShapeRule.RANGE), static="start stop step"
    ),
    *operations(
        _JNP,
        "linspace",
        "start stop num endpoint retstep dtype axis",
        filled(DtypeRule.SPACED, ShapeRule.SPACED),
        static="num endpoint retstep axis",
        unless="retstep",
    ),
    *operations(_JNP, "logspace", "start stop num endpoint base dtype axis", _SPACED, static="num endpoint axis"),
    *operations(_JNP, "geomspace", "start stop num endpoint dtype axis", _SPACED, static="num endpoint axis"),
    *operations(_JNP, "eye tri", "N M k dtype", filled(DtypeRule.FLOAT, ShapeRule.SQUARE), static="N M"),
    *operations(_JNP, "identity", "n dtype", filled(DtypeRule.FLOAT, ShapeRule.SQUARE), static="n"),
    *operations(_JNP, "indices", "dimensions dtype sparse", static="dimensions sparse", unless="sparse"),
    *operations(_JNP, "bartlett blackman hamming hanning", "M", static="M"),
    *operations(_JNP, "kaiser", "M beta", static="M"),
    *operations(_JNP, "vander", "x N increasing", static="N increasing"),
    *operations(_JNP, "meshgrid", "*xi", ARRAY_TUPLE, static="copy sparse"),
    *operations(_JNP, "ix_", "*args", ARRAY_TUPLE),
    *operations(_JNP, "tril_indices triu_indices", "n k m", PAIR, static="n k m"),
    *operations(_JNP, "tril_indices_from triu_indices_from", "arr k", PAIR, static="k"),
    *operations(_JNP, "diag_indices", "n ndim", ARRAY_TUPLE, static="n ndim"),
    *operations(_JNP, "diag_indices_from", "arr", ARRAY_TUPLE),
    *operations(_JNP, "frombuffer", "buffer dtype count offset", static="count offset"),
    *operations(_JNP, "fromstring", "string dtype count"),
    *operations(replace(_JNP, reads=Reads.VALUES, shares=True), "from_dlpack", "x"),
)

_SHAPES = (
    *operations(_JNP, "reshape", "a shape order", arranged(ShapeRule.RESHAPED, keeps=True), static="shape"),
    *operations(_JNP, "ravel", "a order", arranged(ShapeRule.FLAT)),
    *operations(_JNP, "copy", "a order", LIKEWISE),
    *operations(_JNP, "astype", "x dtype", RECAST, static="copy"),
    *operations(_JNP, "broadcast_to", "array shape", arranged(ShapeRule.BROADCAST_TO, keeps=True), static="shape"),
    *operations(_JNP, "broadcast_arrays", "*args", ARRAY_TUPLE),
    *operations(_JNP, "atleast_1d atleast_2d atleast_3d", "*arys", UNKNOWN),
    *operations(_JNP, "expand_dims", "a axis", arranged(ShapeRule.EXPANDED), static="axis"),
    *operations(_JNP, "squeeze", "a axis", arranged(ShapeRule.SQUEEZED), static="axis"),
    *operations(_JNP, "transpose permute_dims", "a axes", arranged(ShapeRule.TRANSPOSED, keeps=True), static="axes"),
    *operations(_JNP, "matrix_transpose", "x", arranged(ShapeRule.MATRIX_TRANSPOSED)),
    *operations(_JNP, "swapaxes", "a axis1 axis2", arranged(ShapeRule.SWAPPED), static="axis1 axis2"),
    *operations(_JNP, "moveaxis", "a source destination", arranged(ShapeRule.MOVED), static="source destination"),
    *operations(_JNP, "rollaxis", "a axis start", SAME, static="axis start"),
    *operations(_JNP, "flip", "m axis", LIKEWISE, static="axis"),
    *operations(_JNP, "fliplr flipud", "m", LIKEWISE),
    *operations(_JNP, "rot90", "m k axes", SAME, static="k axes"),
    *operations(_JNP, "roll", "a shift axis", LIKEWISE, static="axis"),
    *operations(_JNP, "tile", "A reps", arranged(ShapeRule.TILED), static="reps"),
    *operations(
        _JNP,
        "repeat",
        "a repeats axis",
        arranged(ShapeRule.REPEATED),
        static="axis total_repeat_length",
        sized_by="total_repeat_length",
        sized_from="repeats",
    ),
    *operations(_JNP, "resize", "a new_shape", arranged(ShapeRule.BROADCAST_TO), static="new_shape"),
    *operations(_JNP, "pad", "array pad_width mode", arranged(ShapeRule.PADDED), static="pad_width"),
    *operations(_JNP, "concatenate", "arrays axis dtype", _JOINED, static="axis"),
    *operations(_JNP, "concat", "arrays", _JOINED, static="axis"),
    *operations(_OUT, "stack", "arrays axis out dtype", replace(_JOINED, shape=ShapeRule.STACKED), static="axis"),
    *operations(_JNP, "vstack", "tup dtype", replace(_JOINED, shape=ShapeRule.STACKED_ROWS)),
    *operations(_JNP, "hstack", "tup dtype", replace(_JOINED, shape=ShapeRule.STACKED_COLUMNS)),
    *operations(_JNP, "dstack", "tup dtype"),
    *operations(_JNP, "column_stack", "tup"),
    *operations(_JNP, "block", "arrays"),
    *operations(_JNP, "append", "arr values axis", static="axis"),
    *operations(_JNP, "split array_split", "ary indices_or_sections axis", ARRAYS, static="indices_or_sections axis"),
    *operations(_JNP, "vsplit hsplit dsplit", "ary indices_or_sections", ARRAYS, static="indices_or_sections"),
    *operations(_JNP, "unstack", "x", ARRAY_TUPLE, static="axis"),
    *operations(_JNP, "diag", "v k", arranged(ShapeRule.DIAGONAL), static="k"),
    *operations(_JNP, "diagflat", "v k", SAME, static="k"),
    *operations(_JNP, "diagonal", "a offset axis1 axis2", SAME, static="offset axis1 axis2"),
    *operations(_JNP, "tril triu", "m k", LIKEWISE),
    *operations(
        _JNP, "delete", "arr obj axis", SAME, static="axis", sized_by="assume_unique_indices", sized_from="obj"
    ),
    *operations(_JNP, "insert", "arr obj values axis", SAME, static="axis"),
    *operations(_JNP, "packbits", "a axis bitorder", ArrayResult(dtype="uint8"), static="axis"),
    *operations(_JNP, "unpackbits", "a axis count bitorder", ArrayResult(dtype="uint8"), static="axis count"),
    replace(
        _JNP, path="jax.numpy.trim_zeros", parameters=("filt", "trim", "axis"), reads=Reads.VALUES, reads_only=("filt",)
    ),
)

_SELECTION = (
    *operations(
        _OUT,
        "take",
        "a indices axis out mode unique_indices indices_are_sorted fill_value",
        arranged(ShapeRule.TAKEN),
        static="axis unique_indices indices_are_sorted fill_value",
    ),
    *operations(
        _JNP,
        "take_along_axis",
        "arr indices axis mode fill_value",
        arranged(ShapeRule.TAKEN_ALONG),
        static="axis fill_value",
    ),
    *operations(_OUT, "choose", "a choices out mode"),
    *operations(
        _OUT, "compress", "condition a axis", ARRAY, static="axis size", sized_by="size", sized_from="condition"
    ),
    *operations(_JNP, "extract", "condition arr", ARRAY, static="size", sized_by="size", sized_from="condition"),
    *operations(_JNP, "nonzero", "a", ARRAY_TUPLE, static="size", sized_by="size"),
    *operations(_JNP, "flatnonzero", "a", filled(DtypeRule.INTEGER, ShapeRule.COUNTED), static="size", sized_by="size"),
    *operations(_JNP, "argwhere", "a", INT, static="size", sized_by="size"),
    *operations(_INPLACE, "put", "a ind v mode", LIKEWISE),
    *operations(_INPLACE, "place", "arr mask vals", LIKEWISE),
    *operations(_INPLACE, "fill_diagonal", "a val wrap", LIKEWISE),
    *operations(_INPLACE, "put_along_axis", "arr indices values axis inplace", LIKEWISE, static="axis"),
    *operations(_JNP, "unravel_index", "indices shape", ARRAY_TUPLE),
    *operations(_JNP, "ravel_multi_index", "multi_index dims mode order", INT32, static="dims"),
    *operations(_JNP, "sort", "a axis", arranged(ShapeRule.ALONG), static="axis stable descending"),
    *operations(_JNP, "argsort", "a axis", filled(DtypeRule.INTEGER, ShapeRule.ALONG), static="axis stable descending"),
    *operations(_JNP, "top_k", "a k", ARRAYS, static="k axis"),
    *operations(
        _JNP,
        "partition",
        "a kth axis",
        LIKEWISE,
        static="kth axis",
    ),
    *operations(_JNP, "argpartition", "a kth axis", replace(INT32, shape=ShapeRule.FIRST), static="kth axis"),
    *operations(_JNP, "lexsort", "keys axis", INT, static="axis"),
    *operations(_JNP, "sort_complex", "a"),
    *operations(_JNP, "searchsorted", "a v side sorter", replace(INT32, shape=ShapeRule.FOLLOWED)),
    *operations(_JNP, "digitize", "x bins right", replace(INT32, shape=ShapeRule.FIRST), static="right"),
    *operations(
        _JNP,
        "isin",
        "element test_elements assume_unique invert",
        filled(DtypeRule.BOOL, ShapeRule.FIRST),
        static="assume_unique invert",
    ),
    *operations(
        _JNP,
        "unique",
        "ar return_index return_inverse return_counts axis",
        static="return_index return_inverse return_counts axis equal_nan size",
        unless="return_index return_inverse return_counts",
        sized_by="size",
    ),
    *operations(_JNP, "unique_values", "x", SAME, static="size", sized_by="size"),
    *operations(_JNP, "unique_counts unique_inverse", "x", PAIR, static="size", sized_by="size"),
    *operations(_JNP, "unique_all", "x", ArrayResult(4), static="size", sized_by="size"),
    *operations(
        _JNP,
        "intersect1d",
        "ar1 ar2 assume_unique return_indices",
        static="assume_unique return_indices size",
        unless="return_indices",
        sized_by="size",
    ),
    *operations(_JNP, "setdiff1d setxor1d", "ar1 ar2 assume_unique", static="assume_unique size", sized_by="size"),
    *operations(_JNP, "union1d", "ar1 ar2", static="size", sized_by="size"),
    *operations(
        _JNP,
        "bincount",
        "x weights minlength",
        static="minlength length",
        sized_by="length",
        sized_from="x",
    ),
)

_PRODUCTS = (
    *operations(_JNP, "dot", "a b", ArrayResult(shape=ShapeRule.DOT, typed=DtypeRule.PROMOTED)),
    *operations(_JNP, "matmul", "a b", ArrayResult(shape=ShapeRule.MATMUL, typed=DtypeRule.PROMOTED)),
    *operations(_JNP, "inner kron", "a b"),
    *operations(_JNP, "matvec vecmat", "x1 x2"),
    *operations(_JNP, "vdot", "a b", filled(DtypeRule.PROMOTED, ShapeRule.SCALAR)),
    *operations(_JNP, "vecdot", "x1 x2", static="axis"),
    *operations(_OUT, "outer", "a b out", filled(DtypeRule.PROMOTED, ShapeRule.OUTER)),
    *operations(_JNP, "tensordot", "a b axes", filled(DtypeRule.PROMOTED, ShapeRule.TENSORDOT), static="axes"),
    *operations(_JNP, "cross", "a b axisa axisb axisc axis", static="axisa axisb axisc axis"),
    *operations(_JNP, "convolve correlate", "a v mode"),
    *operations(_JNP, "einsum", "subscripts *operands", filled(DtypeRule.CHOSEN, ShapeRule.EINSUM)),
    *operations(_JNP, "diff", "a n axis prepend append", static="n axis"),
    *operations(_JNP, "ediff1d", "ary to_end to_begin"),
    *operations(_JNP, "gradient", "f *varargs", UNKNOWN, static="axis"),
    *operations(_JNP, "cov", "m y rowvar bias ddof fweights aweights dtype", static="rowvar bias ddof"),
    *operations(_JNP, "corrcoef", "x y rowvar dtype", static="rowvar"),
    *operations(_JNP, "histogram", "a bins range weights density", PAIR),
    *operations(_JNP, "histogram_bin_edges", "a bins range weights"),
    *operations(_JNP, "histogram2d", "x y bins range weights density", ArrayResult(3)),
    *operations(_JNP, "histogramdd", "sample bins range weights density", UNKNOWN),
    *operations(_JNP, "poly", "seq_of_zeros"),
    *operations(_JNP, "polyadd polysub", "a1 a2"),
    *operations(_JNP, "polymul", "a1 a2", static="trim_leading_zeros"),
    *operations(_JNP, "polydiv", "u v", PAIR, static="trim_leading_zeros"),
    *operations(_JNP, "polyder", "p m", static="m"),
    *operations(_JNP, "polyint", "p m k", static="m"),
    *operations(_JNP, "polyval", "p x", static="unroll"),
    *operations(_JNP, "polyfit", "x y deg rcond full w cov", static="deg full cov", unless="full cov"),
    *operations(_JNP, "roots", "p", static="strip_zeros", sized_by="strip_zeros"),
)

_HOST = (
    *operations(_ABSTRACT, "shape", "a"),
    *operations(_ABSTRACT, "ndim", "a", HOST_INT),
    *operations(_ABSTRACT, "size", "a axis", HOST_INT, static="axis"),
    *operations(_ABSTRACT, "result_type", "*args", HOST_DTYPE),
    *operations(_ABSTRACT, "promote_types", "a b", HOST_DTYPE),
    *operations(_ABSTRACT, "issubdtype", "arg1 arg2", HOST_BOOL),
    *operations(_ABSTRACT, "isdtype", "dtype kind", HOST_BOOL),
    *operations(_ABSTRACT, "can_cast", "from_ to casting", HOST_BOOL),
    *operations(_ABSTRACT, "iscomplexobj isrealobj", "x", HOST_BOOL),
    *operations(_ABSTRACT, "isscalar", "element", HOST_BOOL),
    *operations(_ABSTRACT, "iterable", "y", HOST_BOOL),
    *operations(_ABSTRACT, "broadcast_shapes", "*shapes"),
    *operations(_ABSTRACT, "einsum_path", "subscripts *operands"),
    *operations(replace(_ABSTRACT, pure=False), "get_printoptions", ""),
    *operations(
        replace(_JNP, reads=Reads.AS_NUMPY), "array_repr", "arr max_line_width precision suppress_small", HOST_STR
    ),
    *operations(
        replace(_JNP, reads=Reads.AS_NUMPY), "array_str", "a max_line_width precision suppress_small", HOST_STR
    ),
    *operations(
        replace(_JNP, pure=False, reads=Reads.AS_NUMPY, effect=Effect.IO, reads_only=("arr",)),
        "save",
        "file arr",
        NOTHING,
    ),
    *operations(
        replace(_JNP, pure=False, reads=Reads.AS_NUMPY, effect=Effect.IO, reads_only=("args",)),
        "savez",
        "file *args",
        NOTHING,
    ),
    *operations(replace(_JNP, pure=False, effect=Effect.IO), "load", "file *args", UNKNOWN),
)

_CLASSES = (
    LibraryClass("jax.numpy.ndarray", ClassKind.ARRAY),
    *classes(
        "jax.numpy",
        ClassKind.DTYPE,
        "bool bool_ int_ int4 int8 int16 int32 int64 uint uint4 uint8 uint16 uint32 uint64 float_ float16 float32 "
        "float64 bfloat16 single double complex_ complex64 complex128 csingle cdouble float8_e4m3fn float8_e5m2",
    ),
    *classes(
        "jax.numpy",
        ClassKind.OBJECT,
        "dtype finfo iinfo generic number integer signedinteger unsignedinteger inexact floating complexfloating",
    ),
)

_CONSTANTS = (
    Constant("jax.numpy.pi", math.pi),
    Constant("jax.numpy.e", math.e),
    Constant("jax.numpy.inf", math.inf),
    Constant("jax.numpy.nan", math.nan),
    Constant("jax.numpy.euler_gamma", 0.5772156649015329),
    Constant("jax.numpy.newaxis", None),
)

ROWS: tuple[Row, ...] = (
    *_ELEMENTWISE,
    *_UFUNC_METHODS,
    *_REDUCTIONS,
    *_CREATION,
    *_SHAPES,
    *_SELECTION,
    *_PRODUCTS,
    *_HOST,
    *_CLASSES,
    *_CONSTANTS,
)
