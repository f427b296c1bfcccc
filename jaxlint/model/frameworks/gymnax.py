"""Gymnax: environments whose base class jits `step` and `reset`, which call what the user writes.

https://github.com/RobertTLange/gymnax
"""

from __future__ import annotations

from jaxlint.model.families import ARRAY, UNKNOWN
from jaxlint.model.schema import (
    ClassKind,
    Contract,
    KeyUse,
    LibraryClass,
    ObjectResult,
    Operation,
    Row,
    TreeResult,
    TupleResult,
    VaryingResult,
)

_ENV = "gymnax.environments.environment.Environment"
_STATES = (TreeResult(), TreeResult())
# (observation, state, reward, done, info), and since 1.0 (observation, state, reward, terminated, truncated, info).
_STEPPED = VaryingResult((
    TupleResult((*_STATES, ARRAY, ARRAY, UNKNOWN)),
    TupleResult((*_STATES, ARRAY, ARRAY, ARRAY, UNKNOWN)),
))

ENVIRONMENTS: tuple[Row, ...] = (
    # The parameters are traced if the caller gives them, and plain numbers if not.
    LibraryClass(
        _ENV,
        ClassKind.OBJECT,
        contracts=(
            Contract("step_env", ("key", "state", "action", "params"), open=("params",)),
            Contract("reset_env", ("key", "params"), open=("params",)),
        ),
    ),
    Operation("gymnax.make", TupleResult((ObjectResult(_ENV), UNKNOWN)), ("env_id",)),
    Operation(f"{_ENV}.reset", TupleResult(_STATES), ("key", "params"), key=KeyUse.DRAWS),
    Operation(f"{_ENV}.step", _STEPPED, ("key", "state", "action", "params"), key=KeyUse.DRAWS),
)

ROWS: tuple[Row, ...] = ENVIRONMENTS
