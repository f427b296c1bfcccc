"""NumPy and SciPy: computation on the host, by what each function does with a tracer. `numpy.random`: `host_random`.

A function that is missing here claims nothing. Most functions convert their arguments and so raise on a tracer; those
that call the array's method of the same name run the tracer's.
"""

from __future__ import annotations

import math
from dataclasses import replace

from jaxlint.model.families import (
    HOST,
    HOST_BOOL,
    HOST_DTYPE,
    HOST_INT,
    HOST_STR,
    NOTHING,
    NUMPY,
    UNKNOWN,
    classes,
    operations,
)
from jaxlint.model.schema import (
    ClassKind,
    Constant,
    Effect,
    Library,
    NumPyResult,
    Operation,
    Reads,
    Row,
)

_CONVERTS = Operation("numpy", NUMPY, library=Library.NUMPY, reads=Reads.AS_NUMPY, pure=True)
_METHOD = replace(_CONVERTS, reads=Reads.METHOD)
_ABSTRACT = replace(_CONVERTS, result=HOST, reads=Reads.NOTHING)
_SIZES = replace(_CONVERTS, reads=Reads.AS_INDEX)
_LINALG = replace(_CONVERTS, path="numpy.linalg")
_FFT = replace(_CONVERTS, path="numpy.fft")
_WRITES = replace(_CONVERTS, pure=False, result=NOTHING)

_UFUNCS = (
    "add arctan2 atan2 bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor copysign divide "
    "equal float_power floor_divide fmax fmin fmod gcd greater greater_equal heaviside hypot lcm left_shift less "
    "less_equal logaddexp logaddexp2 logical_and logical_or logical_xor maximum minimum mod multiply nextafter "
    "not_equal pow power remainder right_shift subtract true_divide"
)


def _methods_of_ufuncs(method: str) -> str:
    return " ".join(f"{name}.{method}" for name in _UFUNCS.split())


_FUNCTIONS = (
    *operations(
        _CONVERTS,
        "abs absolute acos acosh arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh bitwise_count "
        "bitwise_invert bitwise_not cbrt ceil conj conjugate cos cosh deg2rad degrees exp exp2 expm1 fabs floor "
        "invert isfinite isinf isnan log log10 log1p log2 logical_not negative positive rad2deg radians reciprocal "
        "rint sign signbit sin sinh spacing sqrt square tan tanh trunc",
        "x",
    ),
    *operations(_CONVERTS, _UFUNCS, "x1 x2"),
    *operations(_CONVERTS, "ldexp", "x1 x2"),
    *operations(_CONVERTS, "divmod", "x1 x2", NumPyResult(2)),
    *operations(_CONVERTS, "frexp modf", "x", NumPyResult(2)),
    *operations(
        _CONVERTS,
        "angle append argpartition argwhere asanyarray ascontiguousarray asfortranarray block clip "
        "column_stack concat concatenate copy corrcoef count_nonzero cov cross cumulative_prod cumulative_sum delete "
        "diag diagflat diagonal diff digitize dot dstack ediff1d einsum empty_like expand_dims extract flatnonzero "
        "fliplr flipud full full_like geomspace hstack i0 inner insert interp iscomplex isclose isin isneginf "
        "isposinf kron lexsort logspace matmul matrix_transpose matvec median nan_to_num nanargmax nanargmin "
        "nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar "
        "ones_like outer packbits pad partition percentile poly polyadd polyder polyfit polyint polymul polysub "
        "polyval ptp quantile ravel real_if_close resize roll roots rot90 select setdiff1d setxor1d sinc sort "
        "sort_complex stack tensordot tile trace trapezoid tril triu trim_zeros union1d unpackbits unwrap vander "
        "vdot vecdot vecmat vstack zeros_like arange bartlett bincount blackman choose compress convolve correlate "
        "hamming hanning kaiser",
    ),
    *operations(_CONVERTS, "array", "object dtype"),
    *operations(_CONVERTS, "asarray", "a dtype"),
    *operations(_CONVERTS, "average", unless="returned"),
    *operations(_CONVERTS, "intersect1d", unless="return_indices"),
    *operations(_CONVERTS, "unique", unless="return_index return_inverse return_counts"),
    *operations(replace(_CONVERTS, only_with=("x", "y")), "where", "condition x y"),
    *operations(_CONVERTS, "histogram polydiv", "", NumPyResult(2)),
    *operations(_CONVERTS, "histogram2d", "", NumPyResult(3)),
    *operations(
        _CONVERTS,
        "atleast_1d atleast_2d atleast_3d broadcast_arrays gradient histogramdd ix_ meshgrid nonzero unravel_index",
        "",
        UNKNOWN,
    ),
    *operations(
        replace(_CONVERTS, reads_only=("start", "stop")),
        "linspace",
        "start stop num endpoint retstep dtype axis",
        static="num",
        unless="retstep",
    ),
    *operations(replace(_CONVERTS, reads_only=("array",)), "broadcast_to", "array shape", static="shape"),
    *operations(_CONVERTS, "allclose", "", HOST_BOOL),
    *operations(_CONVERTS, "array2string array_repr array_str", "", HOST_STR),
    *operations(replace(_CONVERTS, reads=Reads.SILENT), "array_equal array_equiv", "a1 a2", HOST_BOOL),
)

_METHODS = (
    *operations(
        _METHOD,
        "all amax amin any argmax argmin argsort around cumprod cumsum flip imag isreal max mean min moveaxis "
        "permute_dims prod real repeat reshape rollaxis round squeeze std sum swapaxes take transpose var",
        "a",
    ),
    *operations(replace(_METHOD, reads_only=("a",)), "searchsorted", "a v side sorter"),
    # Indexes its argument, as the tracer's own method does.
    *operations(replace(_METHOD, reads_only=("arr",)), "take_along_axis", "arr indices axis"),
)

_LISTS = operations(_METHOD, "array_split split hsplit vsplit dsplit unstack", "ary", UNKNOWN)

_SHAPES = (
    *operations(replace(_SIZES, reads_only=("shape",)), "zeros ones empty", "shape dtype order", static="shape"),
    *operations(replace(_SIZES, reads_only=("N", "M", "k")), "eye", "N M k dtype", static="N M k"),
    *operations(replace(_SIZES, reads_only=("n",)), "identity", "n dtype", static="n"),
    *operations(_SIZES, "indices", "dimensions dtype sparse", UNKNOWN, static="dimensions"),
)

_HOST = (
    *operations(_ABSTRACT, "shape", "a"),
    *operations(_ABSTRACT, "ndim", "a", HOST_INT),
    *operations(_ABSTRACT, "size", "a axis", HOST_INT),
    *operations(_ABSTRACT, "iscomplexobj isrealobj", "x", HOST_BOOL),
    *operations(_ABSTRACT, "isscalar", "element", HOST_BOOL),
    *operations(_ABSTRACT, "iterable", "y", HOST_BOOL),
    *operations(_ABSTRACT, "issubdtype", "arg1 arg2", HOST_BOOL),
    *operations(_ABSTRACT, "can_cast", "from_ to casting", HOST_BOOL),
    *operations(_ABSTRACT, "result_type", "*args", HOST_DTYPE),
    *operations(_ABSTRACT, "promote_types", "type1 type2", HOST_DTYPE),
    *operations(_ABSTRACT, "broadcast_shapes", "*shapes"),
    *operations(_ABSTRACT, "isdtype", "dtype kind", HOST_BOOL),
    *operations(_CONVERTS, "min_scalar_type", "a", HOST_DTYPE),
    *operations(replace(_ABSTRACT, pure=False), "set_printoptions printoptions seterr errstate", ""),
)

_IN_PLACE = (
    *operations(replace(_WRITES, writes="dst", reads_only=("src",)), "copyto", "dst src casting where"),
    *operations(replace(_WRITES, writes="a", reads_only=("ind", "v")), "put", "a ind v mode"),
    *operations(replace(_WRITES, writes="a", reads_only=("values",)), "putmask", "a mask values"),
    *operations(replace(_WRITES, writes="a", reads_only=("val",)), "fill_diagonal", "a val wrap"),
    *operations(replace(_WRITES, writes="arr", reads_only=("mask", "vals")), "place", "arr mask vals"),
    *operations(replace(_WRITES, writes="arr", reads_only=("values",)), "put_along_axis", "arr indices values axis"),
    *operations(replace(_WRITES, writes="a", reads_only=("b",)), _methods_of_ufuncs("at"), "a indices b"),
    *operations(
        _CONVERTS, f"{_methods_of_ufuncs('reduce')} {_methods_of_ufuncs('accumulate')}", "array axis dtype out"
    ),
    *operations(_CONVERTS, _methods_of_ufuncs("outer"), "A B"),
)

_LINEAR_ALGEBRA = (
    *operations(
        _LINALG,
        "cholesky cond cross det diagonal eigvals eigvalsh inv matmul matrix_norm matrix_power matrix_rank "
        "matrix_transpose multi_dot norm outer pinv solve svdvals tensordot tensorinv tensorsolve trace vecdot "
        "vector_norm",
    ),
    *operations(_LINALG, "eig eigh slogdet", "a", NumPyResult(2)),
    *operations(_LINALG, "qr", "a mode", NumPyResult(2), unless="mode"),
    *operations(_LINALG, "svd", "a full_matrices compute_uv hermitian", NumPyResult(3), unless="compute_uv"),
    *operations(_LINALG, "lstsq", "a b rcond", UNKNOWN),
    *operations(
        _FFT,
        "fft fft2 fftn fftshift hfft ifft ifft2 ifftn ifftshift ihfft irfft irfft2 irfftn rfft rfft2 rfftn",
    ),
)

_FILES = (
    *operations(replace(_CONVERTS, pure=False, effect=Effect.IO, reads_only=("arr",)), "save", "file arr", NOTHING),
    *operations(replace(_CONVERTS, pure=False, effect=Effect.IO, reads_only=("X",)), "savetxt", "fname X fmt", NOTHING),
    *operations(
        replace(_CONVERTS, pure=False, effect=Effect.IO, reads_only=("args",)),
        "savez savez_compressed",
        "file *args",
        NOTHING,
    ),
    *operations(replace(_ABSTRACT, pure=False, effect=Effect.IO, reads=Reads.TRACED), "load", "file", UNKNOWN),
    *operations(
        replace(_ABSTRACT, pure=False, effect=Effect.IO, reads=Reads.TRACED), "loadtxt genfromtxt", "fname", NUMPY
    ),
    *operations(replace(_ABSTRACT, pure=False, effect=Effect.IO, reads=Reads.TRACED), "fromfile", "file", NUMPY),
)

_TESTING = operations(
    replace(_CONVERTS, path="numpy.testing", pure=False),
    "assert_allclose assert_array_equal assert_array_almost_equal assert_almost_equal assert_equal assert_array_less",
    "",
    NOTHING,
)

_SCIPY = (
    *operations(
        replace(_CONVERTS, path="scipy.special"),
        "betainc betaln binom digamma entr erf erfc erfcinv erfinv exp1 expi expit expn gamma gammainc gammaincc "
        "gammaln i0 i0e i1 i1e kl_div log_ndtr loggamma logit logsumexp ndtr ndtri polygamma psi rel_entr softmax "
        "log_softmax xlog1py xlogy zeta",
        "",
        UNKNOWN,
    ),
    *operations(
        replace(_CONVERTS, path="scipy.linalg"),
        "cho_factor cho_solve cholesky det eig eigh eigvals eigvalsh expm inv logm lstsq lu lu_factor norm "
        "null_space pinv polar qr schur solve solve_triangular sqrtm svd svdvals toeplitz",
        "",
        UNKNOWN,
    ),
    *operations(
        replace(_CONVERTS, path="scipy.stats"),
        "describe entropy gmean kurtosis mode moment pearsonr rankdata sem skew spearmanr zscore",
        "",
        UNKNOWN,
    ),
    *operations(
        replace(_CONVERTS, path="scipy.signal"),
        "convolve correlate fftconvolve detrend lfilter medfilt resample savgol_filter",
        "",
        UNKNOWN,
    ),
    *operations(
        replace(_CONVERTS, path="scipy.ndimage"),
        "convolve gaussian_filter label map_coordinates median_filter rotate shift uniform_filter zoom",
        "",
        UNKNOWN,
    ),
)

_CLASSES = (
    *classes("numpy", ClassKind.NUMPY, "ndarray matrix"),
    *classes(
        "numpy",
        ClassKind.NUMPY,
        "generic number integer signedinteger unsignedinteger inexact floating complexfloating",
    ),
    *classes(
        "numpy",
        ClassKind.NUMPY_DTYPE,
        "bool bool_ int_ intc intp int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float16 float32 float64 "
        "half single double longdouble complex64 complex128 csingle cdouble",
    ),
    *classes("numpy", ClassKind.OBJECT, "dtype finfo iinfo ndindex str_ bytes_ datetime64 timedelta64"),
)

_CONSTANTS = (
    Constant("numpy.pi", math.pi),
    Constant("numpy.e", math.e),
    Constant("numpy.inf", math.inf),
    Constant("numpy.nan", math.nan),
    Constant("numpy.newaxis", None),
)

ROWS: tuple[Row, ...] = (
    *_FUNCTIONS,
    *_METHODS,
    *_LISTS,
    *_SHAPES,
    *_HOST,
    *_IN_PLACE,
    *_LINEAR_ALGEBRA,
    *_FILES,
    *_TESTING,
    *_SCIPY,
    *_CLASSES,
    *_CONSTANTS,
)
