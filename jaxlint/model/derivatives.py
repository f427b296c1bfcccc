"""Which functions of JAX give something that depends on each array that they are given, and by a derivative.

Names that are missing here claim nothing: `zeros_like(x)` looks at the shape of `x` only, `floor(x)` has a derivative
that is no more than zero.
"""

from __future__ import annotations

_SMOOTH = (
    "abs absolute acos acosh add arccos arccosh arcsin arcsinh arctan arctan2 arctanh asarray astype atan2 average "
    "broadcast_to cbrt clip concatenate cos cosh cross cumprod cumsum deg2rad diff divide dot exp exp2 expand_dims expm1 "
    "flip float_power hstack hypot inner log log10 log1p log2 logaddexp matmul max maximum mean min minimum moveaxis "
    "multiply nan_to_num negative outer prod ravel reciprocal repeat reshape roll sin sinc sinh sort sqrt square squeeze "
    "stack std subtract sum swapaxes tan tanh tile trace transpose true_divide var vdot vstack where"
)
_SMOOTH_IN_LAX = (
    "abs acos acosh add asin asinh atan atan2 atanh cbrt concatenate cos cosh div dot erf exp exp2 expm1 log log1p "
    "logistic max min mul neg reciprocal reshape rsqrt select sin sinh sqrt square sub tan tanh"
)
_SMOOTH_IN_NN = "elu gelu leaky_relu log_sigmoid log_softmax logsumexp relu sigmoid silu softmax softplus swish tanh"
_OTHERS = (
    "all any argmax argmin ceil equal floor greater greater_equal isfinite isinf isnan less less_equal logical_and "
    "logical_not logical_or logical_xor mod not_equal remainder rint round sign trunc"
)
_SMOOTH_METHODS = "clip cumprod cumsum dot flatten max mean min prod ravel reshape squeeze std sum swapaxes transpose var"

DIFFERENTIABLE = frozenset(
    {
        *(f"jax.numpy.{name}" for name in _SMOOTH.split()),
        *(f"jax.lax.{name}" for name in _SMOOTH_IN_LAX.split()),
        *(f"jax.nn.{name}" for name in _SMOOTH_IN_NN.split()),
        "jax.numpy.linalg.norm",
    }
)
"""Functions whose result depends on each operand, by a derivative where the operands are floating."""

DEPENDENT = DIFFERENTIABLE | {f"jax.numpy.{name}" for name in _OTHERS.split()}
"""Functions whose result depends on each operand."""

DIFFERENTIABLE_METHODS = frozenset(_SMOOTH_METHODS.split())
"""Methods of an array whose result depends on it, by a derivative."""

DEPENDENT_METHODS = DIFFERENTIABLE_METHODS | {"all", "any", "argmax", "argmin", "astype", "round"}
"""Methods of an array whose result depends on it."""
