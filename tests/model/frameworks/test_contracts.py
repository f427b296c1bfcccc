"""The methods that a contract names are traced, as it says, by whoever runs what the user wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import pytest

from jaxlint.model.schema import LibraryClass
from tests.model.frameworks.rows import ROWS, library
from tests.model.frameworks.running import KEY, X, kind_of

CONTRACTS = [
    (row, contract)
    for row in ROWS
    if isinstance(row, LibraryClass)
    for contract in row.contracts
    if not contract.customary  # those are what users do, not the library; `tests/cases/frameworks` shows them
]

Seen = list[dict[str, str]]


def _noting(base: type, method: str, names: tuple[str, ...], seen: Seen, gives: Callable[..., Any]) -> type:
    """A subclass whose method notes what it is given."""

    def noted(self: Any, *arguments: Any) -> Any:
        seen.append({name: kind_of(jax.tree.leaves(value)[0]) for name, value in zip(names, arguments, strict=False)})
        return gives(*arguments)

    others = dict.fromkeys(getattr(base, "__abstractmethods__", ()))
    return type("Noting", (base,), {**others, method: noted})


def _brax_state() -> Any:
    return library("brax.envs").State(None, X, jnp.zeros(()), jnp.zeros(()))


def _in_brax(method: str, names: tuple[str, ...], seen: Seen) -> None:
    envs = library("brax.envs")
    if method == "step":
        env = _noting(envs.Env, method, names, seen, lambda state, action: state)()
        env.reset = lambda rng: _brax_state()
    else:
        env = _noting(envs.Env, method, names, seen, lambda rng: _brax_state())()
        env.step = lambda state, action: state
    wrapped = envs.training.wrap(env, episode_length=3, action_repeat=1)
    if method == "reset":
        wrapped.reset(jax.random.split(KEY, 2))
    else:
        state = wrapped.reset(jax.random.split(KEY, 2))
        wrapped.step(state, jnp.zeros((2, 1)))


def _in_gymnax(method: str, names: tuple[str, ...], seen: Seen) -> None:
    module = library("gymnax.environments.environment")
    state = module.EnvState(time=jnp.zeros((), int))
    results = {"step_env": (X, state, jnp.zeros(()), jnp.array(True), {}), "reset_env": (X, state)}
    cls = _noting(module.Environment, method, names, seen, lambda *_: results[method])
    other = "reset_env" if method == "step_env" else "step_env"
    setattr(cls, other, lambda self, *_: results[other])
    env = cls()
    if method == "reset_env":
        env.reset(KEY)
    else:
        env.step(KEY, state, jnp.zeros((), int))


def _in_jumanji(method: str, names: tuple[str, ...], seen: Seen) -> None:
    module, wrappers, types = library("jumanji.env"), library("jumanji.wrappers"), library("jumanji.types")
    result = {"key": KEY}, types.restart(X)
    cls = _noting(module.Environment, method, names, seen, lambda *_: result)
    setattr(cls, "reset" if method == "step" else "step", lambda self, *_: result)
    cls.__init__ = lambda self: None  # type: ignore[misc]
    env = wrappers.VmapWrapper(cls())
    if method == "reset":
        env.reset(jax.random.split(KEY, 2))
    else:
        env.step({"key": jax.random.split(KEY, 2)}, jnp.zeros(2))


def _in_evojax(method: str, names: tuple[str, ...], seen: Seen) -> None:
    base, tasks, manager = library("evojax.policy.base"), library("evojax.task.base"), library("evojax.sim_mgr")
    struct = library("flax.struct")

    @struct.dataclass  # type: ignore[untyped-decorator]
    class State(tasks.TaskState):  # type: ignore[misc]
        obs: Any

    class Task(tasks.VectorizedTask):  # type: ignore[misc]
        max_steps, obs_shape, act_shape = 2, (1,), (1,)
        bd_extractor = None

        def reset(self, key: Any) -> Any:
            return State(obs=jnp.zeros((len(key), 1)))

        def step(self, state: Any, action: Any) -> Any:
            return state, state.obs[:, 0], jnp.zeros(len(state.obs), bool)

    gives: dict[str, Callable[..., Any]] = {
        "get_actions": lambda t_states, params, p_states: (t_states.obs, p_states),
        "reset": lambda states: base.PolicyState(keys=jnp.zeros(len(states.obs))),
        "summarize": lambda state: state,
    }
    task = Task()
    if method == "summarize":
        task.bd_extractor = _noting(tasks.BDExtractor, method, names, seen, gives[method])(None, None, State)
        policy = _noting(base.PolicyNetwork, "get_actions", (), [], gives["get_actions"])()
    else:
        cls = _noting(base.PolicyNetwork, method, names, seen, gives[method])
        cls.__abstractmethods__ = frozenset()  # type: ignore[attr-defined]
        if method != "get_actions":
            cls.get_actions = lambda self, *given: gives["get_actions"](*given)  # type: ignore[attr-defined]
        policy = cls()
    policy.num_params = 1
    manager.SimManager(1, 1, 2, 2, policy, task, task).eval_params(jnp.zeros((2, 1)), test=False)


RUN = {"brax": _in_brax, "gymnax": _in_gymnax, "jumanji": _in_jumanji, "evojax": _in_evojax}


@pytest.mark.parametrize(("row", "contract"), CONTRACTS, ids=lambda part: getattr(part, "path", "") or part.method)
def test_the_method_of_a_contract_is_traced(row: LibraryClass, contract: Any) -> None:
    library(row.path)
    seen: Seen = []
    RUN[row.path.partition(".")[0]](contract.method, contract.parameters, seen)
    assert seen
    traced = [name for name in contract.parameters if name not in contract.open]
    for call in seen:
        assert {name: call[name] for name in traced} == dict.fromkeys(traced, "hidden")


def test_the_parameters_of_a_gymnax_environment_are_numbers_or_traced() -> None:
    kinds: Seen = []
    module = library("gymnax.environments.environment")
    state = module.EnvState(time=jnp.zeros((), int))
    cls = _noting(module.Environment, "reset_env", ("key", "params"), kinds, lambda *_: (X, state))
    cls().reset(KEY)
    cls().reset(KEY, module.EnvParams())
    assert [call["params"] for call in kinds] == ["python", "hidden"]
