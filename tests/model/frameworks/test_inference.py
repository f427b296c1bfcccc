"""What inference does with the functions that it is given: the arguments as they are, and what they sample traced."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from jaxlint.model.schema import Caller, LibraryClass, Staging
from tests.model.frameworks.rows import library, of
from tests.model.frameworks.running import KEY, X, kind_of


class Model:
    """A model with its guide, which note what they are given and what they sample."""

    def __init__(self) -> None:
        self.arguments: set[str] = set()
        self.samples: set[str] = set()
        self.staged: set[bool] = set()

    def note(self, data: Any, sampled: Any) -> None:
        self.arguments.add(kind_of(data))
        self.samples.add(kind_of(sampled))
        self.staged.add(isinstance(jnp.zeros(2), jax.core.Tracer))

    def model(self, data: Any, flag: bool = False) -> None:
        assert isinstance(flag, bool)
        numpyro, dist = library("numpyro"), library("numpyro.distributions")
        sampled = numpyro.sample("mean", dist.Normal(0.0, 1.0))
        self.note(data, sampled)
        numpyro.sample("x", dist.Normal(sampled, 1.0), obs=data)

    def guide(self, data: Any, flag: bool = False) -> None:
        assert isinstance(flag, bool)
        numpyro, dist = library("numpyro"), library("numpyro.distributions")
        self.note(data, numpyro.param("loc", 0.5))
        numpyro.sample("mean", dist.Normal(numpyro.param("loc", 0.5), 1.0))


def _mcmc(noted: Model) -> Any:
    infer = library("numpyro.infer")
    return infer.MCMC(infer.NUTS(noted.model), num_warmup=1, num_samples=1, progress_bar=False)


def _svi(noted: Model) -> Any:
    numpyro, infer = library("numpyro"), library("numpyro.infer")
    return infer.SVI(noted.model, noted.guide, numpyro.optim.Adam(0.1), infer.Trace_ELBO())


def _stepped(name: str, given: Model) -> Any:
    svi, first = _svi(given), _svi(Model())
    state = first.init(KEY, X)
    svi.constrain_fn, svi.optim = first.constrain_fn, first.optim
    return getattr(svi, name)(state, X, flag=True)


CALLS: dict[str, Callable[[Model], Any]] = {
    "numpyro.infer.MCMC.run": lambda noted: _mcmc(noted).run(KEY, X, flag=True),
    "numpyro.infer.MCMC.warmup": lambda noted: _mcmc(noted).warmup(KEY, X, flag=True),
    "numpyro.infer.SVI.run": lambda noted: _svi(noted).run(KEY, 2, X, progress_bar=False, flag=True),
    "numpyro.infer.SVI.init": lambda noted: _svi(noted).init(KEY, X, flag=True),
    **{
        f"numpyro.infer.SVI.{name}": lambda noted, name=name: _stepped(name, noted)
        for name in ("update", "stable_update", "evaluate")
    },
}


@of(Caller, where=lambda row: bool(row.functions))
def test_inference_calls_a_model_with_the_arguments_as_they_are(row: Caller) -> None:
    library(row.path)
    noted = Model()
    CALLS[row.path](noted)
    assert noted.arguments == {"array"}
    if row.staging is Staging.YES:
        assert True in noted.staged
        assert "hidden" in noted.samples
    else:
        assert noted.staged == {False}
        assert "hidden" not in noted.samples


@of(LibraryClass, where=lambda row: row.path.startswith("numpyro.infer.") and row.fields in (("model",), ("inner_kernel",)))
def test_a_kernel_keeps_its_model(row: LibraryClass) -> None:
    cls, infer = library(row.path), library("numpyro.infer")
    noted = Model()
    if row.fields == ("model",):
        assert cls(noted.model).model == noted.model
        return
    more: dict[str, Any] = {}
    if row.path.endswith(".HMCGibbs"):
        more = {"gibbs_fn": lambda **given: {}, "gibbs_sites": ["mean"]}
    inner = infer.HMC(noted.model) if "Mixed" in row.path else infer.NUTS(noted.model)
    assert noted.model in _bound(cls(inner, **more).inner_kernel.model)


def _bound(function: Any) -> list[Any]:
    """What a function is made of, which a kernel has bound to others."""
    if not isinstance(function, functools.partial):
        return [function]
    return [part for inner in (function.func, *function.args) for part in _bound(inner)]


def test_what_is_observed_is_given_back() -> None:
    numpyro, dist = library("numpyro"), library("numpyro.distributions")
    data = np.ones(3)
    given = library("numpyro.handlers").seed(lambda: numpyro.sample("x", dist.Normal(0.0, 1.0), obs=data), 0)()
    assert given is data
