"""`jax.scipy`: special functions, linear algebra, statistics, signals."""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import (
    ARRAY,
    ARRAYS,
    PAIR,
    SAME,
    SCALAR,
    TRIPLE,
    UNKNOWN,
    operations,
)
from jaxlint.model.schema import Operation, Row

_SCIPY = Operation("jax.scipy", ARRAY, pure=True)
_SPECIAL = replace(_SCIPY, path="jax.scipy.special")
_LINALG = replace(_SCIPY, path="jax.scipy.linalg")
_SIGNAL = replace(_SCIPY, path="jax.scipy.signal")
_FFT = replace(_SCIPY, path="jax.scipy.fft")
_STATS = replace(_SCIPY, path="jax.scipy.stats")

_SPECIAL_FUNCTIONS = (
    *operations(
        _SPECIAL,
        "dawsn digamma entr erf erfc erfcx erfinv exp1 expi expit gamma gammaln gammasgn i0 i0e i1 i1e loggamma "
        "logit ndtr spence",
        "x",
    ),
    *operations(_SPECIAL, "erfcinv", "y"),
    *operations(_SPECIAL, "ndtri", "p"),
    *operations(_SPECIAL, "wofz", "z"),
    *operations(_SPECIAL, "log_ndtr", "x series_order", static="series_order"),
    *operations(_SPECIAL, "fresnel sici", "x", PAIR),
    *operations(_SPECIAL, "beta betaln", "a b"),
    *operations(_SPECIAL, "betainc hyp1f1", "a b x"),
    *operations(_SPECIAL, "hyp2f1", "a b c x"),
    *operations(_SPECIAL, "boxcox boxcox1p", "x lmbda"),
    *operations(_SPECIAL, "comb", "N k"),
    *operations(_SPECIAL, "factorial", "n exact", static="exact"),
    *operations(_SPECIAL, "expn polygamma", "n x"),
    *operations(_SPECIAL, "gammainc gammaincc", "a x"),
    *operations(_SPECIAL, "kl_div rel_entr", "p q"),
    *operations(_SPECIAL, "xlog1py xlogy", "x y"),
    *operations(_SPECIAL, "zeta", "x q"),
    *operations(_SPECIAL, "owens_t", "h a"),
    *operations(_SPECIAL, "poch", "z m"),
    *operations(_SPECIAL, "multigammaln", "a d", static="d"),
    *operations(_SPECIAL, "bernoulli", "n", static="n"),
    *operations(_SPECIAL, "softmax log_softmax", "x", static="axis"),
    *operations(
        _SPECIAL,
        "logsumexp",
        "a axis b keepdims return_sign where",
        SCALAR,
        static="axis keepdims return_sign",
        unless="return_sign",
    ),
)

_LINEAR_ALGEBRA = (
    *operations(_LINALG, "cholesky", "a lower overwrite_a check_finite", static="lower"),
    *operations(_LINALG, "cho_solve", "c_and_lower b overwrite_b check_finite"),
    *operations(_LINALG, "cho_factor", "a lower overwrite_a check_finite", UNKNOWN, static="lower"),
    *operations(_LINALG, "det inv", "a overwrite_a check_finite"),
    *operations(
        _LINALG,
        "eigh",
        "a b lower eigvals_only overwrite_a overwrite_b turbo eigvals type check_finite",
        PAIR,
        static="lower eigvals_only",
        unless="eigvals_only",
    ),
    *operations(_LINALG, "expm", "A", static="upper_triangular max_squarings"),
    *operations(_LINALG, "block_diag", "*arrs"),
    *operations(_LINALG, "lu", "a permute_l overwrite_a check_finite", TRIPLE, static="permute_l", unless="permute_l"),
    *operations(_LINALG, "lu_factor", "a overwrite_a check_finite", PAIR),
    *operations(_LINALG, "lu_solve", "lu_and_piv b trans overwrite_b check_finite"),
    *operations(_LINALG, "polar", "a side", PAIR),
    *operations(
        _LINALG, "qr", "a overwrite_a lwork mode pivoting check_finite", PAIR, static="pivoting", unless="mode pivoting"
    ),
    *operations(_LINALG, "rsf2csf", "T Z check_finite", PAIR),
    *operations(_LINALG, "schur", "a output", ARRAYS),
    *operations(_LINALG, "solve", "a b lower overwrite_a overwrite_b debug check_finite assume_a", static="lower"),
    *operations(
        _LINALG,
        "solve_triangular",
        "a b trans lower unit_diagonal overwrite_b debug check_finite",
        static="trans lower unit_diagonal",
    ),
    *operations(_LINALG, "sqrtm", "A blocksize"),
    *operations(
        _LINALG,
        "svd",
        "a full_matrices compute_uv overwrite_a check_finite lapack_driver",
        TRIPLE,
        static="full_matrices compute_uv",
        unless="compute_uv",
    ),
    *operations(_LINALG, "toeplitz", "c r", SAME),
    *operations(_LINALG, "hilbert", "n", static="n"),
)

_SIGNALS = (
    *operations(_SIGNAL, "convolve correlate", "in1 in2 mode method precision"),
    *operations(_SIGNAL, "convolve2d correlate2d", "in1 in2 mode boundary fillvalue precision", static="fillvalue"),
    *operations(_SIGNAL, "fftconvolve", "in1 in2 mode axes", static="axes"),
    *operations(_SIGNAL, "detrend", "data axis type bp overwrite_data", static="axis"),
    *operations(
        _SIGNAL,
        "stft",
        "x fs window nperseg noverlap nfft detrend return_onesided boundary padded axis",
        TRIPLE,
        static="axis",
    ),
    *operations(
        _SIGNAL, "istft", "Zxx fs window nperseg noverlap nfft input_onesided boundary time_axis freq_axis", PAIR
    ),
    *operations(
        _SIGNAL, "welch", "x fs window nperseg noverlap nfft detrend return_onesided scaling axis average", PAIR
    ),
    *operations(
        _SIGNAL, "csd", "x y fs window nperseg noverlap nfft detrend return_onesided scaling axis average", PAIR
    ),
    *operations(_FFT, "dct idct", "x type n axis norm", static="n axis"),
    *operations(_FFT, "dctn idctn", "x type s axes norm", static="s axes"),
    *operations(
        replace(_SCIPY, path="jax.scipy.ndimage"),
        "map_coordinates",
        "input coordinates order mode cval",
        static="order",
    ),
    *operations(replace(_SCIPY, path="jax.scipy.integrate"), "trapezoid", "y x dx axis", static="axis"),
    *operations(replace(_SCIPY, path="jax.scipy.cluster.vq"), "vq", "obs code_book check_finite", PAIR),
)


def _distribution(name: str, methods: str, parameters: str) -> tuple[Operation, ...]:
    return operations(replace(_STATS, path=f"jax.scipy.stats.{name}"), methods, parameters)


_DISTRIBUTIONS = (
    *_distribution("bernoulli", "logpmf pmf", "k p loc"),
    *_distribution("bernoulli", "cdf", "k p"),
    *_distribution("bernoulli", "ppf", "q p"),
    *_distribution("beta", "cdf logcdf logpdf logsf pdf sf", "x a b loc scale"),
    *_distribution("betabinom", "logpmf pmf", "k n a b loc"),
    *_distribution("binom", "logpmf pmf", "k n p loc"),
    *_distribution("cauchy", "cdf logcdf logpdf logsf pdf sf", "x loc scale"),
    *_distribution("cauchy", "isf ppf", "q loc scale"),
    *_distribution("chi2", "cdf logcdf logpdf logsf pdf sf", "x df loc scale"),
    *_distribution("dirichlet", "logpdf pdf", "x alpha"),
    *_distribution("expon", "cdf logcdf logpdf logsf pdf sf", "x loc scale"),
    *_distribution("expon", "ppf", "q loc scale"),
    *_distribution("gamma", "cdf logcdf logpdf logsf pdf sf", "x a loc scale"),
    *_distribution("gennorm", "cdf logpdf pdf", "x beta"),
    *_distribution("geom", "logpmf pmf", "k p loc"),
    *_distribution("gumbel_l", "cdf logcdf logpdf logsf pdf sf", "x loc scale"),
    *_distribution("gumbel_l", "ppf", "p loc scale"),
    *_distribution("gumbel_r", "cdf logcdf logpdf logsf pdf sf", "x loc scale"),
    *_distribution("gumbel_r", "ppf", "p loc scale"),
    *_distribution("laplace", "cdf logpdf pdf", "x loc scale"),
    *_distribution("logistic", "cdf isf logpdf pdf ppf sf", "x loc scale"),
    *_distribution("multinomial", "logpmf pmf", "x n p"),
    *_distribution("multivariate_normal", "logpdf", "x mean cov allow_singular"),
    *_distribution("multivariate_normal", "pdf", "x mean cov"),
    *_distribution("nbinom", "logpmf pmf", "k n p loc"),
    *_distribution("norm", "cdf logcdf logpdf logsf pdf sf", "x loc scale"),
    *_distribution("norm", "isf ppf", "q loc scale"),
    *_distribution("pareto", "cdf logcdf logpdf logsf pdf sf", "x b loc scale"),
    *_distribution("pareto", "ppf", "q b loc scale"),
    *_distribution("poisson", "cdf logpmf pmf", "k mu loc"),
    *_distribution("t", "logpdf pdf", "x df loc scale"),
    *_distribution("truncnorm", "cdf logcdf logpdf logsf pdf sf", "x a b loc scale"),
    *_distribution("uniform", "cdf logpdf pdf", "x loc scale"),
    *_distribution("uniform", "ppf", "q loc scale"),
    *_distribution("vonmises", "logpdf pdf", "x kappa"),
    *_distribution("wrapcauchy", "logpdf pdf", "x c"),
    *operations(_STATS, "mode", "a axis nan_policy keepdims", PAIR, static="axis keepdims"),
    *operations(_STATS, "rankdata", "a method", static="axis"),
    *operations(_STATS, "sem", "a axis ddof nan_policy", static="axis keepdims"),
)

ROWS: tuple[Row, ...] = (*_SPECIAL_FUNCTIONS, *_LINEAR_ALGEBRA, *_SIGNALS, *_DISTRIBUTIONS)
