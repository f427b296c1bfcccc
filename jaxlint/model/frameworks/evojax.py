"""EvoJAX: policies, which its simulation manager jits; tasks, whose own `step` jits; algorithms, which run on the host.

https://github.com/google/evojax
"""

from __future__ import annotations

from jaxlint.model.families import NOTHING
from jaxlint.model.schema import ArrayResult, ClassKind, Contract, LibraryClass, Operation, Row, TreeResult, TupleResult

_POLICY = "evojax.policy.base.PolicyNetwork"
_TASK = "evojax.task.base.VectorizedTask"
_ALGORITHM = "evojax.algo.base.NEAlgorithm"

_ACTIONS = TupleResult((ArrayResult(held=True), TreeResult(held=True)))

POLICIES: tuple[Row, ...] = (
    LibraryClass(
        _POLICY,
        ClassKind.OBJECT,
        aliases=("evojax.policy.PolicyNetwork",),
        contracts=(Contract("get_actions", ("t_states", "params", "p_states")), Contract("reset", ("states",))),
    ),
    Operation(f"{_POLICY}.get_actions", _ACTIONS, ("t_states", "params", "p_states")),
    Operation(f"{_POLICY}.reset", TreeResult(held=True), ("states",)),
)

TASKS: tuple[Row, ...] = (
    # `reset` is called eagerly, and so is `step` in the loop in Python, by which tasks on the host are run.
    LibraryClass(_TASK, ClassKind.OBJECT, aliases=("evojax.task.VectorizedTask",)),
    # Behaviour is summed up under `jit`.
    LibraryClass(
        "evojax.task.base.BDExtractor",
        ClassKind.OBJECT,
        contracts=(Contract("summarize", ("extended_task_state",)),),
    ),
)

ALGORITHMS: tuple[Row, ...] = (
    LibraryClass(_ALGORITHM, ClassKind.OBJECT, aliases=("evojax.algo.NEAlgorithm",)),
    Operation(f"{_ALGORITHM}.ask", ArrayResult(held=True)),
    Operation(f"{_ALGORITHM}.tell", NOTHING, ("fitness",)),
)

ROWS: tuple[Row, ...] = (*POLICIES, *TASKS, *ALGORITHMS)
