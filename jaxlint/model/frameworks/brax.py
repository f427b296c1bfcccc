"""Brax: environments, which training runs under `jit`, and the state that they hand from step to step.

https://github.com/google/brax
"""

from __future__ import annotations

from jaxlint.model.schema import ClassKind, Contract, LibraryClass, ObjectResult, Operation, RecordResult, Row, TreeResult

_ENV = "brax.envs.Env"
_STATE = "brax.envs.State"
# Some environments give the reward as a number.
_STATE_OF = RecordResult(_STATE, arrays=("done",), trees=("pipeline_state", "obs"), dicts=("metrics", "info"), held=True)

ENVIRONMENTS: tuple[Row, ...] = (
    # Whoever trains with an environment jits both; `reset` is called eagerly, too, for the sizes.
    LibraryClass(
        _ENV,
        ClassKind.OBJECT,
        aliases=("brax.envs.base.Env",),
        contracts=(Contract("step", ("state", "action")), Contract("reset", ("rng",))),
    ),
    LibraryClass("brax.envs.PipelineEnv", ClassKind.OBJECT, aliases=("brax.envs.base.PipelineEnv",), base=_ENV),
    LibraryClass("brax.envs.Wrapper", ClassKind.OBJECT, aliases=("brax.envs.base.Wrapper",), base=_ENV),
    Operation(f"{_ENV}.reset", _STATE_OF, ("rng",)),
    Operation(f"{_ENV}.step", _STATE_OF, ("state", "action")),
    Operation("brax.envs.PipelineEnv.pipeline_init", TreeResult(held=True), ("q", "qd")),
    Operation("brax.envs.PipelineEnv.pipeline_step", TreeResult(held=True), ("pipeline_state", "action")),
    LibraryClass(
        _STATE,
        ClassKind.PYTREE_BASE,
        aliases=("brax.envs.base.State",),
        fields=("pipeline_state", "obs", "reward", "done", "metrics", "info"),
    ),
    Operation("brax.envs.get_environment", ObjectResult(_ENV), ("env_name",)),
    Operation("brax.envs.create", ObjectResult(_ENV), ("env_name", "episode_length", "action_repeat")),
    Operation("brax.envs.training.wrap", ObjectResult(_ENV), ("env", "episode_length", "action_repeat")),
)

ROWS: tuple[Row, ...] = ENVIRONMENTS
