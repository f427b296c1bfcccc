"""Distrax: distributions and bijectors, pytrees of what they are made with.

https://distrax.readthedocs.io/en/latest/ https://github.com/google-deepmind/distrax
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import ARRAY, operations
from jaxlint.model.schema import ArrayResult, ClassKind, KeyUse, LibraryClass, Operation, Row

_COMPUTED = replace(ARRAY, held=True)
_PAIR = ArrayResult(count=2, held=True)

_DISTRIBUTION = "distrax.Distribution"
_METHOD = Operation(_DISTRIBUTION, _COMPUTED, pure=True)
_SAMPLE = Operation(
    f"{_DISTRIBUTION}.sample", _COMPUTED, key=KeyUse.DRAWS, key_parameter="seed", seeds=True, static=("sample_shape",)
)

# fmt: off
_NAMES = (
    "Bernoulli", "Beta", "Categorical", "Dirichlet", "EpsilonGreedy", "Gamma", "Greedy", "Gumbel", "Laplace",
    "LogStddevNormal", "Logistic", "Multinomial", "MultivariateNormalDiag", "MultivariateNormalFullCovariance",
    "MultivariateNormalTri", "Normal", "OneHotCategorical", "Softmax", "Uniform", "VonMises",
)
_MAPS = (
    "DiagLinear", "GumbelCDF", "LowerUpperTriangularAffine", "RationalQuadraticSpline", "ScalarAffine", "Shift",
    "Sigmoid", "Tanh", "TriangularLinear", "UnconstrainedAffine",
)
# fmt: on

DISTRIBUTIONS: tuple[Row, ...] = (
    LibraryClass(_DISTRIBUTION, ClassKind.OWN_PYTREE),
    _SAMPLE,
    replace(_SAMPLE, path=f"{_DISTRIBUTION}.sample_and_log_prob", result=_PAIR),
    *operations(_METHOD, "log_prob prob log_cdf cdf survival_function log_survival_function", "value"),
    *operations(_METHOD, "entropy mean median variance stddev mode"),
    *operations(_METHOD, "kl_divergence cross_entropy", "other_dist"),
    *(LibraryClass(f"distrax.{name}", ClassKind.OWN_PYTREE, base=_DISTRIBUTION) for name in _NAMES),
)

_BIJECTOR = "distrax.Bijector"
_MAP = Operation(_BIJECTOR, _COMPUTED, pure=True)

BIJECTORS: tuple[Row, ...] = (
    LibraryClass(_BIJECTOR, ClassKind.OWN_PYTREE),
    *operations(_MAP, "forward forward_log_det_jacobian", "x"),
    *operations(_MAP, "inverse inverse_log_det_jacobian", "y"),
    *operations(_MAP, "forward_and_log_det", "x", _PAIR),
    *operations(_MAP, "inverse_and_log_det", "y", _PAIR),
    *(LibraryClass(f"distrax.{name}", ClassKind.OWN_PYTREE, base=_BIJECTOR) for name in _MAPS),
)

ROWS: tuple[Row, ...] = (*DISTRIBUTIONS, *BIJECTORS)
