"""Which arguments of JAX's functions have to be arrays or numbers: a list or tuple in their place raises a TypeError.

By module and by the positions of those arguments. A function that is not listed, or another argument of it, claims nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_POSITIONS: Mapping[str, Mapping[tuple[int, ...], str]] = {
    "jax.lax": {
        (0,): (
            "abs acos acosh approx_max_k approx_min_k asin asinh atan atanh bessel_i0e bessel_i1e bitwise_not broadcast "
            "broadcast_in_dim cbrt ceil clz cos cosh cumlogsumexp cummax cummin cumprod cumsum digamma erf erf_inv erfc "
            "exp exp2 expand_dims expm1 floor imag is_finite lgamma log log1p logistic neg pad population_count real "
            "reciprocal rev round rsqrt sign sin sinh slice split sqrt square stage tan tanh unstack"
        ),
        (0, 1): (
            "add atan2 bitwise_and bitwise_or bitwise_xor broadcast_like complex div dot eq ge gt igamma igamma_grad_a "
            "igammac le lt max min mul mulhi ne nextafter polygamma pow rem shift_left shift_right_arithmetic "
            "shift_right_logical sub zeta"
        ),
        (0, 1, 2): "clamp ragged_dot select",
        (0, 2): "betainc",
        (1,): "sort_key_val",
    },
    "jax.lax.linalg": {
        (0,): "eig hessenberg lu qr schur svd tridiagonal",
        (0, 1): "cholesky_update householder_product symmetric_product triangular_solve",
        (0, 1, 2): "ormqr",
    },
    "jax.nn": {
        (0,): (
            "celu elu gelu hard_sigmoid hard_silu hard_swish hard_tanh identity leaky_relu log1mexp log_sigmoid "
            "log_softmax logmeanexp logsumexp mish relu relu6 selu sigmoid silu soft_sign softmax softplus sparse_plus "
            "sparse_sigmoid squareplus standardize swish tanh"
        ),
    },
    "jax.numpy": {
        (0,): (
            "abs absolute acos acosh all allclose amax amin angle any arccos arccosh arcsin arcsinh arctan arctanh argmax "
            "argmin argsort argwhere around array_split asin asinh astype atan atanh bincount bitwise_count "
            "bitwise_invert bitwise_not broadcast_to cbrt ceil choose clip conj conjugate copy corrcoef cos cosh "
            "count_nonzero cov cumprod cumsum cumulative_prod cumulative_sum deg2rad degrees delete diag "
            "diag_indices_from diagflat diagonal diff dot dsplit ediff1d empty_like exp exp2 expand_dims expm1 fabs "
            "flatnonzero flip fliplr flipud floor frexp frombuffer histogram histogram_bin_edges histogramdd hsplit i0 "
            "imag inner insert invert isclose iscomplex isfinite isinf isnan isneginf isposinf isreal kron log log10 "
            "log1p log2 logical_not matrix_transpose max mean median min modf moveaxis nan_to_num nanargmax nanargmin "
            "nancumprod nancumsum nanmax nanmean nanmedian nanmin nanprod nanstd nansum nanvar negative nonzero ones_like "
            "outer packbits pad percentile piecewise poly polyder polyint positive prod ptp quantile rad2deg radians "
            "ravel real reciprocal repeat reshape rint roll rot90 round sign signbit sin sinc sinh sort sort_complex "
            "spacing split sqrt square squeeze std sum tan tanh tile trace transpose trapezoid tril tril_indices_from "
            "trim_zeros triu triu_indices_from trunc unique unique_all unique_counts unique_inverse unique_values "
            "unpackbits unravel_index unstack unwrap vander var vsplit zeros_like"
        ),
        (0, 1): (
            "add append arctan2 atan2 bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor compress "
            "convolve copysign correlate cross digitize divide divmod equal extract float_power floor_divide fmax fmin "
            "fmod full_like gcd greater greater_equal heaviside histogram2d hypot intersect1d isin lcm ldexp left_shift "
            "less less_equal logaddexp logaddexp2 logical_and logical_or logical_xor matmul matvec maximum minimum mod "
            "multiply nanpercentile nanquantile nextafter not_equal polyadd polydiv polymul polysub polyval pow power "
            "remainder right_shift searchsorted setdiff1d setxor1d subtract take take_along_axis tensordot true_divide "
            "union1d vecdot vecmat"
        ),
        (0, 1, 2): "interp where",
        (2,): "apply_along_axis",
    },
    "jax.numpy.fft": {
        (0,): "fft fft2 fftn fftshift hfft ifft ifft2 ifftn ifftshift irfft irfft2 irfftn rfft rfft2 rfftn",
    },
    "jax.numpy.linalg": {
        (0,): (
            "cholesky cond det diagonal eig eigh eigvals eigvalsh inv matrix_norm matrix_transpose norm pinv qr slogdet "
            "svd svdvals trace vector_norm"
        ),
        (0, 1): "cross lstsq matmul outer solve tensordot tensorsolve vecdot",
    },
    "jax.ops": {
        (0, 1): "segment_max segment_min segment_prod segment_sum",
    },
    "jax.scipy.special": {
        (0,): (
            "beta betaln dawsn digamma entr erf erfc erfcx erfinv exp1 expi expit fresnel gamma gammaln gammasgn i0 i0e "
            "i1 i1e log_softmax loggamma logit logsumexp sici softmax wofz"
        ),
        (0, 1): "boxcox boxcox1p gammainc gammaincc owens_t poch xlog1py xlogy",
        (0, 2): "betainc",
        (1,): "kl_div rel_entr",
        (1, 2): "sph_harm_y",
    },
}


@cache
def array_positions() -> Mapping[str, tuple[int, ...]]:
    """The positions of those arguments, by the public name of the function."""
    return {
        f"{module}.{name}": positions
        for module, rows in _POSITIONS.items()
        for positions, names in rows.items()
        for name in names.split()
    }


SEQUENCES_OF_ARRAYS = frozenset(
    f"jax.numpy.{name}" for name in ("concatenate", "stack", "hstack", "vstack", "dstack", "column_stack")
)
"""Functions whose first argument is a sequence of arrays: the items have to be arrays or numbers."""
