"""`jax.random`: making keys, deriving keys, and the samplers that consume one."""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.model.families import (
    ARRAY,
    HOST,
    INT,
    filled,
    operations,
)
from jaxlint.model.schema import ArrayResult, KeyResult, KeyUse, Operation, Row

_RANDOM = Operation("jax.random", ARRAY, pure=True)
_DRAW = replace(_RANDOM, key=KeyUse.DRAWS, result=filled(DtypeRule.FLOAT, ShapeRule.SAMPLED))
_OTHER = replace(_DRAW, result=ARRAY)

_KEYS = (
    *operations(_RANDOM, "key", "seed", KeyResult()),
    *operations(_RANDOM, "PRNGKey", "seed", KeyResult(raw=True)),
    *operations(
        replace(_RANDOM, key=KeyUse.SPLITS), "split", "key num", KeyResult(batch="num", default_batch=2), static="num"
    ),
    *operations(replace(_RANDOM, key=KeyUse.FOLDS), "fold_in", "key data", KeyResult()),
    *operations(replace(_RANDOM, key=KeyUse.CLONES), "clone", "key", KeyResult()),
    *operations(replace(_RANDOM, key=KeyUse.LOOKS), "key_data", "keys", ArrayResult(dtype="uint32")),
    *operations(_RANDOM, "wrap_key_data", "key_bits_array", KeyResult()),
    *operations(replace(_RANDOM, key=KeyUse.LOOKS), "key_impl", "keys", HOST),
)

_SAMPLERS = (
    *operations(_DRAW, "cauchy exponential laplace logistic maxwell normal", "key shape dtype", static="shape"),
    *operations(_DRAW, "rademacher", "key shape dtype", filled(DtypeRule.INTEGER, ShapeRule.SAMPLED), static="shape"),
    *operations(_DRAW, "bits", "key shape dtype", ArrayResult(shape=ShapeRule.SAMPLED), static="shape"),
    *operations(
        _DRAW, "uniform", "key shape dtype minval maxval", filled(DtypeRule.FLOAT, ShapeRule.SPREAD), static="shape"
    ),
    *operations(
        _DRAW,
        "randint",
        "key shape minval maxval dtype",
        filled(DtypeRule.INTEGER, ShapeRule.SPREAD),
        static="shape",
    ),
    *operations(_DRAW, "gumbel", "key shape dtype mode", static="shape"),
    *operations(_DRAW, "bernoulli", "key p shape mode", filled(DtypeRule.BOOL, ShapeRule.SAMPLED), static="shape"),
    *operations(_DRAW, "truncated_normal", "key lower upper shape dtype", static="shape"),
    *operations(_DRAW, "gamma loggamma", "key a shape dtype", static="shape"),
    *operations(_DRAW, "beta", "key a b shape dtype", static="shape"),
    *operations(_DRAW, "chisquare t", "key df shape dtype", static="shape"),
    *operations(_DRAW, "f", "key dfnum dfden shape dtype", static="shape"),
    *operations(_OTHER, "dirichlet", "key alpha shape dtype", static="shape"),
    *operations(_DRAW, "pareto", "key b shape dtype", static="shape"),
    *operations(_DRAW, "poisson", "key lam shape dtype", filled(DtypeRule.INTEGER, ShapeRule.SAMPLED), static="shape"),
    *operations(_DRAW, "geometric", "key p shape dtype", filled(DtypeRule.INTEGER, ShapeRule.SAMPLED), static="shape"),
    *operations(_DRAW, "binomial", "key n p shape dtype", static="shape"),
    *operations(_OTHER, "multinomial", "key n p", static="shape"),
    *operations(_DRAW, "generalized_normal", "key p shape dtype", static="shape"),
    *operations(_DRAW, "lognormal", "key sigma shape dtype", static="shape"),
    *operations(_DRAW, "rayleigh", "key scale shape dtype", static="shape"),
    *operations(_DRAW, "wald", "key mean shape dtype", static="shape"),
    *operations(_DRAW, "triangular", "key left mode right shape dtype", static="shape"),
    *operations(_DRAW, "weibull_min", "key scale concentration shape dtype", static="shape"),
    *operations(_DRAW, "double_sided_maxwell", "key loc scale shape dtype", static="shape"),
    *operations(_OTHER, "multivariate_normal", "key mean cov shape dtype method", static="shape"),
    *operations(_OTHER, "orthogonal", "key n shape dtype m", static="n shape m"),
    *operations(_OTHER, "ball", "key d p shape dtype", static="d shape"),
    *operations(_DRAW, "categorical", "key logits axis shape replace mode", INT, static="axis shape replace"),
    *operations(_OTHER, "choice", "key a shape replace p axis mode", static="shape replace axis"),
    *operations(_OTHER, "permutation", "key x axis independent", static="axis independent"),
)

ROWS: tuple[Row, ...] = (*_KEYS, *_SAMPLERS)
