"""How the functions of NumPy, SciPy and Python are called with one operand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from tests.model.recipes import INTS, VI, B, F, N, S, V


@dataclass(frozen=True)
class HostCall:
    """How a function of the host is called with one operand, which is concrete first and a tracer then."""

    call: Callable[[Callable[..., object], object], object] = lambda function, x: function(x)
    operand: object = field(default_factory=F.copy)


def _host(
    module: str,
    names: str,
    call: Callable[[Callable[..., object], object], object] = lambda function, x: function(x),
    operand: object = F,
) -> dict[str, HostCall]:
    return {f"{module}.{name}": HostCall(call, operand) for name in names.split()}


_GENERATORS: Mapping[str, object] = {
    "numpy.random.Generator": np.random.default_rng(0),
    "numpy.random.RandomState": np.random.RandomState(0),
}

_BINARY_UFUNCS = (
    "add arctan2 atan2 copysign divide float_power floor_divide fmax fmin fmod heaviside hypot logaddexp logaddexp2 "
    "logical_and logical_or logical_xor maximum minimum mod multiply nextafter pow power remainder subtract "
    "true_divide"
)
_COMPARISONS = "equal greater greater_equal less less_equal not_equal"
_INTEGER_UFUNCS = (
    "bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor gcd lcm left_shift right_shift"
)


def _methods_of_ufuncs(names: str, operand: np.ndarray) -> dict[str, HostCall]:
    return {
        path: call
        for name in names.split()
        for path, call in {
            f"numpy.{name}.at": HostCall(lambda f, x: f(operand.copy(), 0, x), operand[0]),
            f"numpy.{name}.reduce": HostCall(lambda f, x: f(x), operand),
            f"numpy.{name}.accumulate": HostCall(lambda f, x: f(x), operand),
            f"numpy.{name}.outer": HostCall(lambda f, x: f(x, x), operand),
        }.items()
    }


def _draws(module: str) -> dict[str, HostCall]:
    one = "chisquare exponential geometric logseries pareto poisson power rayleigh standard_gamma standard_t weibull"
    two = "beta f gamma gumbel laplace logistic lognormal noncentral_chisquare normal uniform vonmises wald"
    return {
        **_host(module, one, operand=S),
        **_host(module, two, lambda f, x: f(x, x), S),
        **_host(module, "zipf", operand=np.float32(2)),
        **_host(module, "binomial negative_binomial", lambda f, x: f(3, x), S),
        **_host(module, "multinomial", lambda f, x: f(3, x), np.array([0.2, 0.3, 0.5])),
        **_host(module, "dirichlet choice permutation permuted", operand=np.array([0.2, 0.3, 0.5])),
        **_host(module, "hypergeometric", lambda f, x: f(x, x, x), N),
        **_host(module, "noncentral_f", lambda f, x: f(x, x, x), S),
        **_host(module, "triangular", lambda f, x: f(0, x, 1), S),
        **_host(module, "multivariate_normal", lambda f, x: f([0, 0, 0], x), F.astype(np.float64)),
        **_host(module, "random random_sample ranf sample", lambda f, x: f((x, 2)), 2),
        **_host(module, "standard_cauchy standard_exponential standard_normal", lambda f, x: f((x, 2)), 2),
        **_host(module, "rand randn randint integers bytes seed", operand=2),
    }


HOST_CALLS: Mapping[str, HostCall] = {
    **_host("numpy", f"{_BINARY_UFUNCS} {_COMPARISONS}", lambda f, x: f(x, x)),
    **_host("numpy", _INTEGER_UFUNCS, lambda f, x: f(x, x), INTS),
    **_host("numpy", "bitwise_count bitwise_invert bitwise_not invert", operand=INTS),
    **_host("numpy", "ldexp", lambda f, x: f(x, 1)),
    **_methods_of_ufuncs(_BINARY_UFUNCS, F),
    **_methods_of_ufuncs(_INTEGER_UFUNCS, INTS),
    **_methods_of_ufuncs(_COMPARISONS, B),
    **_host(
        "numpy",
        "append cross divmod dot full_like inner isclose isin kron matmul outer tensordot vdot vecdot union1d "
        "allclose array_equal array_equiv intersect1d setdiff1d setxor1d",
        lambda f, x: f(x, x),
    ),
    **_host("numpy", "compress choose", lambda f, x: f([1, 0, 1], x)),
    **_host("numpy", "extract", lambda f, x: f(B, x)),
    **_host(
        "numpy",
        "argpartition delete expand_dims partition pad resize roll take tile repeat array_split split",
        lambda f, x: f(x, 1),
    ),
    **_host("numpy", "hsplit vsplit", lambda f, x: f(x, 3)),
    **_host("numpy", "dsplit", lambda f, x: f(x, 1), F.reshape(3, 3, 1)),
    **_host("numpy", "insert", lambda f, x: f(x, 0, 1)),
    **_host("numpy", "moveaxis swapaxes", lambda f, x: f(x, 0, 1)),
    **_host("numpy", "rollaxis", lambda f, x: f(x, 1)),
    **_host("numpy", "permute_dims transpose squeeze"),
    **_host("numpy", "reshape", lambda f, x: f(x, (9,))),
    **_host("numpy", "full", lambda f, x: f(3, x), S),
    **_host("numpy", "polyadd polysub polymul polydiv polyval convolve correlate", lambda f, x: f(x, x), V),
    **_host(
        "numpy",
        "polyder polyint poly roots bartlett blackman hamming hanning ix_ packbits vander",
        operand=np.array([1, 2, 1]),
    ),
    **_host("numpy", "bartlett blackman hamming hanning arange", operand=3),
    **_host("numpy", "bincount", operand=VI),
    **_host("numpy", "kaiser", lambda f, x: f(3, x), S),
    **_host("numpy", "unpackbits", operand=np.ones(8, np.uint8)),
    **_host("numpy", "unravel_index", lambda f, x: f(x, (3, 3)), VI),
    **_host("numpy", "polyfit", lambda f, x: f(x, x, 1), V),
    **_host("numpy", "histogram2d", lambda f, x: f(x, x), V),
    **_host("numpy", "percentile quantile nanpercentile nanquantile", lambda f, x: f(x, 0.5)),
    **_host("numpy", "digitize", lambda f, x: f(x, [0.0, 1.0, 2.0]), V),
    **_host("numpy", "searchsorted", lambda f, x: f(x, 1.0), np.sort(V)),
    **_host("numpy", "interp", lambda f, x: f(x, [0.0, 1.0], [0.0, 1.0]), V),
    **_host("numpy", "select", lambda f, x: f([B, B], [x, x])),
    **_host("numpy", "take_along_axis", lambda f, x: f(x, INTS, 0)),
    **_host("numpy", "einsum", lambda f, x: f("ij,jk", x, x)),
    **_host("numpy", "geomspace logspace linspace", lambda f, x: f(x, 2.0), np.float32(1)),
    **_host("numpy", "matvec", lambda f, x: f(x, V)),
    **_host("numpy", "vecmat", lambda f, x: f(V, x)),
    **_host("numpy", "where", lambda f, x: f(B, x, 0)),
    **_host("numpy", "cumulative_prod cumulative_sum trim_zeros", operand=V),
    **_host("numpy", "broadcast_to", lambda f, x: f(x, (2, 3)), V),
    **_host("numpy", "zeros ones empty", lambda f, x: f((x, 2)), 2),
    **_host("numpy", "eye identity", operand=2),
    **_host("numpy", "indices", lambda f, x: f((x, 2)), 2),
    **_host("numpy", "issubdtype", lambda f, x: f(x.dtype, np.floating)),  # type: ignore[attr-defined]
    **_host("numpy", "promote_types can_cast", lambda f, x: f(x.dtype, "float64")),  # type: ignore[attr-defined]
    **_host("numpy", "isdtype", lambda f, x: f(x.dtype, "real floating")),  # type: ignore[attr-defined]
    **_host("numpy", "broadcast_shapes", lambda f, x: f(x.shape, (3,))),  # type: ignore[attr-defined]
    **_host("numpy", "copyto fill_diagonal", lambda f, x: f(F.copy(), x), S),
    **_host("numpy", "put", lambda f, x: f(F.copy(), [0], x), S),
    **_host("numpy", "place putmask", lambda f, x: f(F.copy(), B, x), V),
    **_host("numpy", "put_along_axis", lambda f, x: f(F.copy(), INTS[:1], x, 0), V),
    **_host("numpy.linalg", "cross matmul solve lstsq tensordot vecdot", lambda f, x: f(x, x)),
    **_host("numpy.linalg", "outer", lambda f, x: f(x, x), V),
    **_host("numpy.linalg", "matrix_power", lambda f, x: f(x, 2)),
    **_host("numpy.linalg", "multi_dot", lambda f, x: f([x, x])),
    **_host("numpy.linalg", "tensorinv", lambda f, x: f(x, 1), np.eye(4).reshape(4, 2, 2)),
    **_host("numpy.linalg", "tensorsolve", lambda f, x: f(x, V)),
    **_host(
        "numpy.testing",
        "assert_allclose assert_array_equal assert_array_almost_equal assert_almost_equal assert_equal",
        lambda f, x: f(x, F),
    ),
    **_host("numpy.testing", "assert_array_less", lambda f, x: f(x, F + 1)),
    **_host("scipy.special", "betaln kl_div rel_entr xlog1py xlogy zeta", lambda f, x: f(x, x)),
    **_host("scipy.special", "betainc", lambda f, x: f(x, x, 0.5)),
    **_host("scipy.special", "binom gammainc gammaincc", lambda f, x: f(x, x)),
    **_host("scipy.special", "expn polygamma", lambda f, x: f(1, x)),
    **_host("scipy.linalg", "cho_solve", lambda f, x: f((x, False), V)),
    **_host("scipy.linalg", "lstsq solve solve_triangular", lambda f, x: f(x, V)),
    **_host("scipy.stats", "pearsonr", lambda f, x: f(x, V[::-1]), V),
    **_host("scipy.stats", "moment", lambda f, x: f(x, 2)),
    **_host("scipy.linalg", "toeplitz", operand=V),
    **_host("scipy.signal", "convolve correlate fftconvolve", lambda f, x: f(x, x)),
    **_host("scipy.signal", "lfilter", lambda f, x: f([1.0], [1.0], x), V),
    **_host("scipy.signal", "resample", lambda f, x: f(x, 2), V),
    **_host("scipy.signal", "savgol_filter", lambda f, x: f(x, 3, 1), V),
    **_host("scipy.ndimage", "convolve", lambda f, x: f(x, F)),
    **_host("scipy.ndimage", "gaussian_filter median_filter rotate shift uniform_filter zoom", lambda f, x: f(x, 1)),
    **_host("scipy.ndimage", "map_coordinates", lambda f, x: f(x, [[0], [0]])),
    **_draws("numpy.random"),
    **_draws("numpy.random.Generator"),
    **_draws("numpy.random.RandomState"),
    **_host(
        "math",
        "acos asin atan atanh cbrt cos cosh degrees erf erfc exp exp2 expm1 fabs gamma lgamma log log10 log1p log2 "
        "radians sin sinh asinh sqrt tan tanh ulp isfinite isinf isnan ceil floor frexp modf",
        operand=0.5,
    ),
    **_host("math", "acosh", operand=1.5),
    **_host("math", "atan2 copysign fmod hypot nextafter pow remainder isclose", lambda f, x: f(x, x), 0.5),
    **_host("math", "fma", lambda f, x: f(x, x, x), 0.5),
    **_host("math", "dist", lambda f, x: f([x], [x]), 0.5),
    **_host("math", "fsum", lambda f, x: f([x]), 0.5),
    **_host("math", "ldexp", lambda f, x: f(x, 1), 0.5),
    **_host("math", "factorial isqrt", operand=2),
    **_host("math", "comb gcd lcm perm", lambda f, x: f(x, 2), 2),
    **_host(
        "cmath",
        "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh isfinite isinf isnan phase "
        "polar",
        operand=0.5,
    ),
    **_host("cmath", "rect isclose", lambda f, x: f(x, x), 0.5),
    **_host("operator", "index", operand=2),
    **_host("operator", "not_ truth", operand=True),
    **_host("operator", "is_ is_not", lambda f, x: f(x, x)),
    **_host("pickle", "dumps"),
}
"""Functions of NumPy, SciPy and Python that one array alone does not satisfy."""


def host_call(path: str, function: Callable[..., object]) -> tuple[Callable[[object], object], object]:
    """The function at `path` as one of a single operand, and that operand."""
    recipe = HOST_CALLS.get(path, HostCall())
    generator = _GENERATORS.get(path.rpartition(".")[0])
    bound = function if generator is None else partial(function, generator)
    return partial(recipe.call, bound), recipe.operand
