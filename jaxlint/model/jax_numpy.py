"""`jax.numpy`: functions that compute: element by element, reductions, products.

`jax_numpy_arrays` has those that make and arrange arrays, `jax_numpy_names` what is no array. Functions that take a
function (`vectorize`, `apply_along_axis`, `fromfunction`, `piecewise`, …) are no operations.
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.model.families import (
    ACCUMULATED,
    ARRAY_TUPLE,
    BOOL_SCALAR,
    ELEMENTWISE,
    INEXACT,
    INT_SCALAR,
    JNP,
    JNP_INPLACE,
    JNP_OUT,
    LIKEWISE,
    MAGNITUDE,
    MEAN,
    NUMERIC,
    PAIR,
    PREDICATE,
    SAME_SCALAR,
    SCALAR,
    SUM,
    UNKNOWN,
    filled,
    operations,
)
from jaxlint.model.schema import ArrayResult, Row

_UFUNCS = (
    "add bitwise_and bitwise_or bitwise_xor logaddexp logaddexp2 logical_and logical_or logical_xor "
    "maximum minimum multiply negative subtract"
)

_ELEMENTWISE = (
    *operations(
        JNP,
        "acos acosh arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh "
        "cbrt cos cosh deg2rad degrees exp exp2 expm1 fabs i0 log log10 log1p log2 rad2deg radians rint sin "
        "sinh spacing sqrt tan tanh",
        "x",
        INEXACT,
    ),
    *operations(
        JNP,
        "bitwise_invert bitwise_not conj conjugate invert positive sign square",
        "x",
        LIKEWISE,
    ),
    *operations(JNP, "ceil floor trunc", "x", LIKEWISE),
    *operations(JNP, "bitwise_count sinc", "x", ArrayResult(shape=ShapeRule.FIRST)),
    *operations(JNP, "reciprocal", "x", INEXACT),
    *operations(JNP, "abs absolute", "x", ArrayResult(shape=ShapeRule.FIRST, typed=DtypeRule.REAL)),
    *operations(JNP, "iscomplex isfinite isinf isnan isreal logical_not signbit", "x", PREDICATE),
    *operations(JNP_OUT, "isneginf isposinf", "x out", PREDICATE),
    *operations(JNP, "real imag", "val", ArrayResult(shape=ShapeRule.FIRST, typed=DtypeRule.REAL)),
    *operations(JNP, "angle", "z deg", ArrayResult(shape=ShapeRule.FIRST), static="deg"),
    *operations(JNP_OUT, "around round", "a decimals out", LIKEWISE, static="decimals"),
    *operations(JNP, "nan_to_num", "x copy nan posinf neginf", LIKEWISE),
    *operations(JNP, "frexp", "x", PAIR),
    *operations(JNP_OUT, "modf", "x out", PAIR),
    *operations(JNP_OUT, "negative", "x", LIKEWISE),
    *operations(
        JNP_OUT,
        "add bitwise_and bitwise_or bitwise_xor maximum minimum multiply subtract",
        "x y",
        ELEMENTWISE,
    ),
    *operations(JNP_OUT, "logaddexp logaddexp2", "x y", INEXACT),
    *operations(JNP_OUT, "logical_and logical_or logical_xor", "x y", PREDICATE),
    *operations(JNP, "equal greater greater_equal less less_equal not_equal", "x y", PREDICATE),
    *operations(JNP, "bitwise_left_shift left_shift", "x y", NUMERIC),
    *operations(JNP, "float_power nextafter", "x y", INEXACT),
    *operations(
        JNP,
        "bitwise_right_shift floor_divide fmod gcd lcm mod pow power remainder right_shift",
        "x1 x2",
        NUMERIC,
    ),
    *operations(JNP, "fmax fmin", "x1 x2", ELEMENTWISE),
    *operations(JNP, "arctan2 atan2 copysign divide hypot true_divide", "x1 x2", INEXACT),
    *operations(JNP, "heaviside ldexp", "x1 x2", ArrayResult(shape=ShapeRule.BROADCAST)),
    *operations(JNP, "divmod", "x1 x2", replace(NUMERIC, count=2)),
    *operations(JNP, "clip", "arr min max", ELEMENTWISE),
    *operations(JNP, "isclose", "a b rtol atol equal_nan", PREDICATE, static="equal_nan"),
    *operations(
        replace(JNP, only_with=("x", "y"), otherwise=ARRAY_TUPLE, chooses=True),
        "where",
        "condition x y",
        ArrayResult(shape=ShapeRule.BROADCAST, typed=DtypeRule.CHOSEN),
        static="size",
        sized_by="size",
    ),
    *operations(JNP, "select", "condlist choicelist default"),
    *operations(JNP, "interp", "x xp fp left right period", ArrayResult(shape=ShapeRule.FIRST)),
    *operations(JNP, "unwrap", "p discont axis period", ArrayResult(shape=ShapeRule.FIRST), static="axis"),
)


def _methods_of_ufuncs(method: str) -> str:
    return " ".join(f"{name}.{method}" for name in _UFUNCS.split() if name != "negative")


_UFUNC_METHODS = (
    *operations(JNP_INPLACE, _methods_of_ufuncs("at"), "a indices b"),
    *operations(JNP_INPLACE, "negative.at", "a indices"),
    *operations(JNP_OUT, _methods_of_ufuncs("reduce"), "a axis dtype out keepdims initial where"),
    *operations(JNP_OUT, _methods_of_ufuncs("accumulate"), "a axis dtype out"),
    *operations(JNP, _methods_of_ufuncs("outer"), "A B"),
)

_REDUCTIONS = (
    *operations(
        JNP_OUT,
        "sum prod",
        "a axis dtype out keepdims initial where promote_integers",
        SUM,
        static="axis keepdims promote_integers",
    ),
    *operations(JNP_OUT, "nansum nanprod", "a axis dtype out keepdims initial where", SUM, static="axis keepdims"),
    *operations(
        JNP_OUT,
        "amax amin max min nanmax nanmin",
        "a axis out keepdims initial where",
        SAME_SCALAR,
        static="axis keepdims",
    ),
    *operations(JNP_OUT, "minmax", "a axis out keepdims initial where", PAIR, static="axis keepdims"),
    *operations(JNP_OUT, "ptp", "a axis out keepdims", SAME_SCALAR, static="axis keepdims"),
    *operations(JNP_OUT, "all any", "a axis out keepdims", BOOL_SCALAR, static="axis keepdims"),
    *operations(JNP_OUT, "argmax argmin nanargmax nanargmin", "a axis out keepdims", INT_SCALAR, static="axis keepdims"),
    *operations(JNP, "count_nonzero", "a axis keepdims", INT_SCALAR, static="axis keepdims"),
    *operations(JNP_OUT, "mean", "a axis dtype out keepdims", MEAN, static="axis keepdims"),
    *operations(JNP_OUT, "nanmean", "a axis dtype out keepdims where", MEAN, static="axis keepdims"),
    *operations(JNP_OUT, "std var", "a axis dtype out ddof keepdims", MAGNITUDE, static="axis keepdims"),
    *operations(JNP_OUT, "nanstd nanvar", "a axis dtype out ddof keepdims where mean", MAGNITUDE, static="axis keepdims"),
    *operations(
        JNP_OUT,
        "median nanmedian",
        "a axis out overwrite_input keepdims",
        SCALAR,
        static="axis overwrite_input keepdims",
    ),
    *operations(
        JNP_OUT,
        "percentile quantile nanpercentile nanquantile",
        "a q axis out overwrite_input method keepdims",
        static="axis overwrite_input keepdims",
    ),
    *operations(
        JNP,
        "average",
        "a axis weights returned keepdims",
        SCALAR,
        static="axis returned keepdims",
        unless="returned",
    ),
    *operations(JNP_OUT, "cumsum cumprod nancumsum nancumprod", "a axis dtype out", ACCUMULATED, static="axis"),
    *operations(JNP, "cumulative_sum cumulative_prod", "x", static="axis include_initial"),
    *operations(JNP_OUT, "trace", "a offset axis1 axis2 dtype out", static="axis1 axis2"),
    *operations(JNP, "trapezoid", "y x dx axis", static="axis"),
    *operations(JNP, "allclose", "a b rtol atol equal_nan", BOOL_SCALAR, static="equal_nan"),
    *operations(JNP, "array_equal", "a1 a2 equal_nan", BOOL_SCALAR, static="equal_nan"),
    *operations(JNP, "array_equiv", "a1 a2", BOOL_SCALAR),
)

_PRODUCTS = (
    *operations(JNP, "dot", "a b", ArrayResult(shape=ShapeRule.DOT, typed=DtypeRule.PROMOTED)),
    *operations(JNP, "matmul", "a b", ArrayResult(shape=ShapeRule.MATMUL, typed=DtypeRule.PROMOTED)),
    *operations(JNP, "inner kron", "a b"),
    *operations(JNP, "matvec vecmat", "x1 x2"),
    *operations(JNP, "vdot", "a b", filled(DtypeRule.PROMOTED, ShapeRule.SCALAR)),
    *operations(JNP, "vecdot", "x1 x2", static="axis"),
    *operations(JNP_OUT, "outer", "a b out", filled(DtypeRule.PROMOTED, ShapeRule.OUTER)),
    *operations(JNP, "tensordot", "a b axes", filled(DtypeRule.PROMOTED, ShapeRule.TENSORDOT), static="axes"),
    *operations(JNP, "cross", "a b axisa axisb axisc axis", static="axisa axisb axisc axis"),
    *operations(JNP, "convolve correlate", "a v mode"),
    *operations(JNP, "einsum", "subscripts *operands", filled(DtypeRule.CHOSEN, ShapeRule.EINSUM)),
    *operations(JNP, "diff", "a n axis prepend append", static="n axis"),
    *operations(JNP, "ediff1d", "ary to_end to_begin"),
    *operations(JNP, "gradient", "f *varargs", UNKNOWN, static="axis"),
    *operations(JNP, "cov", "m y rowvar bias ddof fweights aweights dtype", static="rowvar bias ddof"),
    *operations(JNP, "corrcoef", "x y rowvar dtype", static="rowvar"),
    *operations(JNP, "histogram", "a bins range weights density", PAIR),
    *operations(JNP, "histogram_bin_edges", "a bins range weights"),
    *operations(JNP, "histogram2d", "x y bins range weights density", ArrayResult(3)),
    *operations(JNP, "histogramdd", "sample bins range weights density", UNKNOWN),
    *operations(JNP, "poly", "seq_of_zeros"),
    *operations(JNP, "polyadd polysub", "a1 a2"),
    *operations(JNP, "polymul", "a1 a2", static="trim_leading_zeros"),
    *operations(JNP, "polydiv", "u v", PAIR, static="trim_leading_zeros"),
    *operations(JNP, "polyder", "p m", static="m"),
    *operations(JNP, "polyint", "p m k", static="m"),
    *operations(JNP, "polyval", "p x", static="unroll"),
    *operations(JNP, "polyfit", "x y deg rcond full w cov", static="deg full cov", unless="full cov"),
    *operations(JNP, "roots", "p", static="strip_zeros", sized_by="strip_zeros"),
)

ROWS: tuple[Row, ...] = (
    *_ELEMENTWISE,
    *_UFUNC_METHODS,
    *_REDUCTIONS,
    *_PRODUCTS,
)
