"""NumPyro: models that inference runs under a trace, handlers around them, distributions.

What a model samples is traced while MCMC or `SVI.run` builds its steps; the data that it is given arrives as it is.

https://num.pyro.ai/en/stable/
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import ARRAY, NOTHING, operations
from jaxlint.model.schema import (
    ArgumentResult,
    Caller,
    ClassKind,
    Gets,
    Hiding,
    KeyUse,
    LibraryClass,
    ObjectResult,
    Operation,
    Row,
    Staging,
    TreeResult,
    TupleResult,
    Wrapper,
)

_SAMPLES = replace(ARRAY, held=True)

PRIMITIVES: tuple[Row, ...] = (
    # What is observed is given back as it is.
    Operation("numpyro.sample", _SAMPLES, ("name", "fn", "obs", "rng_key", "sample_shape"), unless=("obs",)),
    Operation("numpyro.param", _SAMPLES, ("name", "init_value")),
    Operation("numpyro.deterministic", ArgumentResult("value"), ("name", "value")),
    Operation("numpyro.factor", NOTHING, ("name", "log_factor")),
    Operation("numpyro.subsample", ARRAY, ("data", "event_dim")),
    LibraryClass("numpyro.plate", ClassKind.OBJECT),
)

_HANDLER = Wrapper("numpyro.handlers", Hiding.SAME, Staging.INHERIT, function="fn", decorator_options=True)

HANDLERS: tuple[Row, ...] = tuple(
    replace(_HANDLER, path=f"numpyro.handlers.{name}", parameters=("fn", *second))
    for name, *second in (
        ("seed", "rng_seed"),
        ("trace",),
        ("substitute", "data"),
        ("condition", "data"),
        ("block", "hide_fn"),
        ("scale", "scale"),
        ("mask", "mask"),
        ("reparam", "config"),
        ("replay", "trace"),
        ("do", "data"),
        ("lift", "prior"),
        ("infer_config", "config_fn"),
    )
)

_KERNEL = LibraryClass("numpyro.infer", ClassKind.OBJECT, fields=("model",))
_AROUND = LibraryClass("numpyro.infer", ClassKind.OBJECT, fields=("inner_kernel",))
_RUN = Caller(
    "numpyro.infer.MCMC.run",
    own=("rng_key",),
    keywords=("extra_fields", "init_params"),
    functions=("sampler.model", "sampler.inner_kernel.model"),
    staging=Staging.YES,
    gets=Gets.RESULT,
    result=NOTHING,
)
_STEP = Caller(
    "numpyro.infer.SVI.update",
    own=("svi_state",),
    keywords=("forward_mode_differentiation",),
    functions=("model", "guide"),
    gets=Gets.RESULT,
    result=TupleResult((TreeResult(), ARRAY)),
)

INFERENCE: tuple[Row, ...] = (
    *(replace(_KERNEL, path=f"numpyro.infer.{name}") for name in ("NUTS", "HMC", "BarkerMH", "SA", "AIES", "ESS")),
    *(
        replace(_AROUND, path=f"numpyro.infer.{name}")
        for name in ("HMCECS", "DiscreteHMCGibbs", "MixedHMC", "HMCGibbs")
    ),
    LibraryClass("numpyro.infer.MCMC", ClassKind.OBJECT, fields=("sampler",)),
    _RUN,
    replace(_RUN, path="numpyro.infer.MCMC.warmup", keywords=(*_RUN.keywords, "collect_warmup")),
    Operation("numpyro.infer.MCMC.get_samples", TreeResult(), ("group_by_chain",)),
    LibraryClass("numpyro.infer.SVI", ClassKind.OBJECT, fields=("model", "guide", "optim", "loss")),
    Caller(
        "numpyro.infer.SVI.run",
        own=("rng_key", "num_steps"),
        keywords=("progress_bar", "stable_update", "forward_mode_differentiation", "init_state", "init_params"),
        functions=("model", "guide"),
        staging=Staging.YES,
        gets=Gets.RESULT,
    ),
    _STEP,
    replace(_STEP, path="numpyro.infer.SVI.stable_update"),
    replace(_STEP, path="numpyro.infer.SVI.evaluate", keywords=(), result=ARRAY),
    replace(_STEP, path="numpyro.infer.SVI.init", own=("rng_key",), keywords=("init_params",), result=TreeResult()),
    Operation("numpyro.infer.SVI.get_params", TreeResult(), ("svi_state",)),
)

_DISTRIBUTION = "numpyro.distributions.Distribution"
_DISTRIBUTIONS = LibraryClass("numpyro.distributions", ClassKind.OWN_PYTREE, base=_DISTRIBUTION)

# fmt: off
_NAMES = (
    "Beta", "Cauchy", "Chi2", "Dirichlet", "Exponential", "Gamma", "Gumbel", "HalfCauchy", "HalfNormal",
    "InverseGamma", "Kumaraswamy", "Laplace", "Logistic", "LogNormal", "LogUniform", "MultivariateNormal", "Normal",
    "Pareto", "SoftLaplace", "StudentT", "Uniform", "VonMises", "Weibull", "BernoulliLogits", "BernoulliProbs",
    "BinomialLogits", "BinomialProbs", "CategoricalLogits", "CategoricalProbs", "DiscreteUniform", "Poisson",
    "GeometricProbs", "BetaBinomial", "GammaPoisson", "NegativeBinomial2",
)
# fmt: on

DISTRIBUTIONS: tuple[Row, ...] = (
    LibraryClass(_DISTRIBUTION, ClassKind.OWN_PYTREE),
    Operation(
        f"{_DISTRIBUTION}.sample", _SAMPLES, ("key", "sample_shape"), static=("sample_shape",), key=KeyUse.DRAWS
    ),
    *operations(Operation(_DISTRIBUTION, _SAMPLES, pure=True), "log_prob cdf", "value"),
    *operations(Operation(_DISTRIBUTION, _SAMPLES, pure=True), "icdf", "q"),
    *operations(Operation(_DISTRIBUTION, _SAMPLES, pure=True), "entropy"),
    *(replace(_DISTRIBUTIONS, path=f"numpyro.distributions.{name}") for name in _NAMES),
    # These are functions, which choose one of two classes.
    *(
        Operation(f"numpyro.distributions.{name}", ObjectResult(_DISTRIBUTION), parameters)
        for name, parameters in (
            ("Bernoulli", ("probs", "logits")),
            ("Binomial", ("total_count", "probs", "logits")),
            ("Categorical", ("probs", "logits")),
            ("Geometric", ("probs", "logits")),
        )
    ),
)

ROWS: tuple[Row, ...] = (*PRIMITIVES, *HANDLERS, *INFERENCE, *DISTRIBUTIONS)
