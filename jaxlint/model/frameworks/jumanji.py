"""Jumanji: environments that are written to be jitted, and the time steps that they return.

https://instadeepai.github.io/jumanji/
"""

from __future__ import annotations

from jaxlint.model.families import ARRAY, operations
from jaxlint.model.schema import (
    ClassKind,
    Contract,
    LibraryClass,
    ObjectResult,
    Operation,
    RecordResult,
    Row,
    TreeResult,
    TupleResult,
)

_ENV = "jumanji.env.Environment"
_TIMESTEP = "jumanji.types.TimeStep"
# The type of a step is a constant, unless it was chosen; what is given to these is handed on as it is.
_MADE = RecordResult(_TIMESTEP, dicts=("extras",))
_STEP = RecordResult(_TIMESTEP, arrays=("reward", "discount"), trees=("observation",), dicts=("extras",), held=True)
_STEPPED = TupleResult((TreeResult(held=True), _STEP))

ENVIRONMENTS: tuple[Row, ...] = (
    LibraryClass(
        _ENV,
        ClassKind.OBJECT,
        contracts=(Contract("step", ("state", "action")), Contract("reset", ("key",))),
        aliases=("jumanji.Environment",),
    ),
    Operation(f"{_ENV}.reset", _STEPPED, ("key",)),
    Operation(f"{_ENV}.step", _STEPPED, ("state", "action")),
    Operation("jumanji.make", ObjectResult(_ENV), ("id",)),
    *(
        LibraryClass(f"jumanji.wrappers.{name}", ClassKind.OBJECT, base=_ENV)
        for name in ("Wrapper", "AutoResetWrapper", "VmapWrapper", "VmapAutoResetWrapper", "MultiToSingleWrapper")
    ),
)

TIMESTEPS: tuple[Row, ...] = (
    LibraryClass(
        _TIMESTEP,
        ClassKind.PYTREE_BASE,
        fields=("step_type", "reward", "discount", "observation", "extras"),
    ),
    *operations(Operation(_TIMESTEP, ARRAY, pure=True), "first mid last"),
    Operation("jumanji.types.restart", _MADE, ("observation", "extras", "shape")),
    *operations(Operation("jumanji.types", _MADE), "transition truncation", "reward observation discount extras"),
    Operation("jumanji.types.termination", _MADE, ("reward", "observation", "extras")),
)

ROWS: tuple[Row, ...] = (*ENVIRONMENTS, *TIMESTEPS)
