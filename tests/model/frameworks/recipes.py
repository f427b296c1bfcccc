"""How to call functions of probabilistic programming and of environments, for the tests of what they return."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from tests.model.frameworks.rows import library
from tests.model.frameworks.running import KEY, X


def _seeded(body: Callable[[], Any]) -> Any:
    return library("numpyro.handlers").seed(body, 0)()


def _dist(name: str) -> Any:
    return getattr(library("numpyro.distributions"), name)


def _inferred(give: Callable[[Any], Any], *, svi: bool = False) -> Any:
    numpyro, infer = library("numpyro"), library("numpyro.infer")

    def model() -> None:
        numpyro.sample("x", _dist("Normal")(numpyro.param("loc", 0.5) if svi else 0.5, 1.0))

    if svi:
        made = infer.SVI(model, model, numpyro.optim.Adam(0.1), infer.Trace_ELBO())
        return give(made)
    made = infer.MCMC(infer.NUTS(model), num_warmup=1, num_samples=2, progress_bar=False)
    made.run(KEY)
    return give(made)


def _distrax(name: str, *arguments: Any) -> Any:
    return getattr(library("distrax"), name)(*arguments)


def _normal() -> Any:
    return _distrax("Normal", X, 1.0)


def _brax() -> Any:
    return library("brax.envs").get_environment("inverted_pendulum", backend="positional")


def _brax_state() -> Any:
    return _brax().reset(jax.random.PRNGKey(0))


def _gymnax(give: Callable[[Any, Any], Any]) -> Any:
    return give(*library("gymnax").make("CartPole-v1"))


def _jumanji() -> Any:
    return library("jumanji").make("Snake-v1")


def _timestep() -> Any:
    return library("jumanji.types").restart(X)


def _policy() -> Any:
    return library("evojax.policy.mlp").MLPPolicy(3, [], 2)


class _States:
    obs = jnp.ones((2, 3))


def _algorithm() -> Any:
    return library("evojax.algo").PGPE(4, 3)


def _told() -> Any:
    made = _algorithm()
    made.ask()
    return made.tell(jnp.ones(4))


OF_VALUE = ("log_prob", "prob", "log_cdf", "cdf", "survival_function", "log_survival_function")

RECIPES: dict[str, Callable[[Any], Any]] = {
    "numpyro.sample": lambda f: _seeded(lambda: f("x", _dist("Normal")(0.0, 1.0))),
    "numpyro.param": lambda f: _seeded(lambda: f("x", X)),
    "numpyro.deterministic": lambda f: _seeded(lambda: f("x", X)),
    "numpyro.factor": lambda f: _seeded(lambda: f("x", X)),
    "numpyro.subsample": lambda f: _seeded(lambda: f(X, 0)),
    "numpyro.infer.MCMC.get_samples": lambda f: _inferred(lambda made: made.get_samples()),
    "numpyro.infer.SVI.get_params": lambda f: _inferred(lambda made: made.get_params(made.init(KEY)), svi=True),
    "numpyro.distributions.Distribution.sample": lambda f: _dist("Normal")(0.0, 1.0).sample(KEY),
    "numpyro.distributions.Distribution.log_prob": lambda f: _dist("Normal")(0.0, 1.0).log_prob(0.5),
    "numpyro.distributions.Distribution.cdf": lambda f: _dist("Normal")(0.0, 1.0).cdf(0.5),
    "numpyro.distributions.Distribution.icdf": lambda f: _dist("Normal")(0.0, 1.0).icdf(0.5),
    "numpyro.distributions.Distribution.entropy": lambda f: _dist("Normal")(0.0, 1.0).entropy(),
    **{f"numpyro.distributions.{name}": lambda f: f(probs=0.5) for name in ("Bernoulli", "Geometric")},
    "numpyro.distributions.Binomial": lambda f: f(3, 0.5),
    "numpyro.distributions.Categorical": lambda f: f(jnp.ones(2) / 2),
    "distrax.Distribution.sample": lambda f: _normal().sample(seed=KEY),
    "distrax.Distribution.sample_and_log_prob": lambda f: _normal().sample_and_log_prob(seed=KEY),
    **{f"distrax.Distribution.{name}": lambda f, name=name: getattr(_normal(), name)(X) for name in OF_VALUE},
    **{
        f"distrax.Distribution.{name}": lambda f, name=name: getattr(_normal(), name)()
        for name in ("entropy", "mean", "median", "variance", "stddev", "mode")
    },
    **{
        f"distrax.Distribution.{name}": lambda f, name=name: getattr(_normal(), name)(_normal())
        for name in ("kl_divergence", "cross_entropy")
    },
    **{
        f"distrax.Bijector.{name}": lambda f, name=name: getattr(_distrax("Tanh"), name)(X / 2)
        for name in (
            "forward",
            "forward_log_det_jacobian",
            "inverse",
            "inverse_log_det_jacobian",
            "forward_and_log_det",
            "inverse_and_log_det",
        )
    },
    "brax.envs.Env.reset": lambda f: _brax_state(),
    "brax.envs.Env.step": lambda f: _brax().step(_brax_state(), jnp.zeros(1)),
    "brax.envs.PipelineEnv.pipeline_init": lambda f: _brax().pipeline_init(jnp.zeros(2), jnp.zeros(2)),
    "brax.envs.PipelineEnv.pipeline_step": lambda f: _brax().pipeline_step(_brax_state().pipeline_state, jnp.zeros(1)),
    "brax.envs.get_environment": lambda f: f("fast"),
    "brax.envs.create": lambda f: f("fast"),
    "brax.envs.training.wrap": lambda f: f(_brax()),
    "gymnax.make": lambda f: f("CartPole-v1"),
    "gymnax.environments.environment.Environment.reset": lambda f: _gymnax(lambda env, params: env.reset(KEY, params)),
    "gymnax.environments.environment.Environment.step": lambda f: _gymnax(
        lambda env, params: env.step(KEY, env.reset(KEY, params)[1], 0, params)
    ),
    "jumanji.make": lambda f: f("Snake-v1"),
    "jumanji.env.Environment.reset": lambda f: _jumanji().reset(jax.random.PRNGKey(0)),
    "jumanji.env.Environment.step": lambda f: _jumanji().step(_jumanji().reset(jax.random.PRNGKey(0))[0], jnp.array(0)),
    **{
        f"jumanji.types.TimeStep.{name}": lambda f, name=name: getattr(_timestep(), name)()
        for name in ("first", "mid", "last")
    },
    "jumanji.types.restart": lambda f: f(X),
    **{f"jumanji.types.{name}": lambda f: f(X, X) for name in ("transition", "truncation", "termination")},
    "evojax.policy.base.PolicyNetwork.get_actions": lambda f: _policy().get_actions(
        _States, jnp.zeros((2, _policy().num_params)), _policy().reset(_States)
    ),
    "evojax.policy.base.PolicyNetwork.reset": lambda f: _policy().reset(_States),
    "evojax.algo.base.NEAlgorithm.ask": lambda f: _algorithm().ask(),
    "evojax.algo.base.NEAlgorithm.tell": lambda f: _told(),
}

