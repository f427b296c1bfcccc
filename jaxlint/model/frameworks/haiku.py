"""Haiku: functions made of modules, whose parameters stand around the call.

https://dm-haiku.readthedocs.io/en/latest/api.html
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import ARRAY, CALLED, NOTHING, layers, operations
from jaxlint.model.loops import applying, control_flow
from jaxlint.model.schema import (
    Caller,
    ClassKind,
    Gets,
    Gives,
    Hiding,
    InitialisingResult,
    KeyResult,
    Lessener,
    LibraryClass,
    Maker,
    Operation,
    Returns,
    Row,
    Selects,
    Staging,
    Wrapper,
)

_HELD = replace(ARRAY, held=True)


def _transformed(name: str, *callers: Caller) -> tuple[LibraryClass, tuple[Caller, ...]]:
    path = f"haiku.{name}"
    members = tuple(replace(caller, path=f"{path}.{caller.path}") for caller in callers)
    return LibraryClass(path, ClassKind.NAMEDTUPLE, fields=("init", "apply")), members


_TRANSFORMED, _MEMBERS = _transformed(
    "Transformed",
    Caller("init", own=("rng",), gets=Gets.STATE),
    Caller("apply", own=("params", "rng"), state="params"),
)
_WITH_STATE, _MEMBERS_WITH_STATE = _transformed(
    "TransformedWithState",
    Caller("init", own=("rng",), gets=Gets.STATES),
    Caller("apply", own=("params", "state", "rng"), state="params", gets=Gets.WITH_STATE),
)

FUNCTIONS: tuple[Row, ...] = (
    _TRANSFORMED,
    _WITH_STATE,
    Maker("haiku.transform", "haiku.Transformed", _MEMBERS),
    Maker("haiku.transform_with_state", "haiku.TransformedWithState", _MEMBERS_WITH_STATE),
    Lessener("haiku.without_apply_rng", "apply", "rng"),
)

_WRAPPER = Wrapper("haiku.grad", Hiding.PRIMAL, Staging.INHERIT)
_DIFFERENTIATED = replace(_WRAPPER, selects=Selects.ARGNUMS, parameters=("fun", "argnums", "has_aux", "holomorphic"))

TRANSFORMATIONS: tuple[Row, ...] = (
    replace(_DIFFERENTIATED, returns=Returns.GRADIENT),
    replace(_DIFFERENTIATED, path="haiku.value_and_grad", returns=Returns.VALUE_AND_GRADIENT),
    Wrapper(
        "haiku.vmap",
        Hiding.HIDDEN,
        Staging.INHERIT,
        Selects.IN_AXES,
        parameters=("fun", "in_axes", "out_axes", "axis_name", "axis_size"),
        axis=True,
        maps=True,
    ),
    # It hands a function of its own to `jax.checkpoint`, made anew by every call.
    Wrapper(
        "haiku.remat", Hiding.HIDDEN, Staging.YES, Selects.NOT_STATIC, decorator_options=True, compiled=False
    ),
    *control_flow("haiku", "scan map cond switch fori_loop while_loop"),
    applying("haiku.eval_shape", Hiding.HIDDEN, Staging.YES, Gives.SHAPES, "fun *args"),
)

_WITHIN = "haiku.transform"
_INSIDE = Operation("haiku", _HELD, within=_WITHIN)

PARAMETERS: tuple[Row, ...] = (
    # Subclasses of these are plain objects.
    LibraryClass("haiku.Module", ClassKind.OBJECT, within=_WITHIN, contracts=(CALLED,)),
    LibraryClass("haiku.RNNCore", ClassKind.OBJECT, within=_WITHIN),
    *operations(_INSIDE, "get_parameter", "name shape dtype init"),
    *operations(_INSIDE, "get_state", "name shape dtype init"),
    *operations(_INSIDE, "set_state", "name value", NOTHING),
    *operations(_INSIDE, "next_rng_key maybe_next_rng_key", "", KeyResult(held=True)),
    *operations(_INSIDE, "next_rng_keys", "num", KeyResult(batch="num", held=True)),
    *operations(_INSIDE, "running_init", "", InitialisingResult()),
    *layers(
        "haiku",
        ClassKind.OBJECT,
        "Linear Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose Conv3DTranspose ConvND Embed LayerNorm RMSNorm "
        "GroupNorm InstanceNorm BatchNorm Bias MultiHeadAttention DepthwiseConv2D SeparableDepthwiseConv2D",
        within=_WITHIN,
        makes_within=True,
    ),
    # These keep no parameters.
    *(
        row
        for name in ("AvgPool", "MaxPool", "Flatten", "Reshape")
        for row in (
            LibraryClass(f"haiku.{name}", ClassKind.OBJECT, within=_WITHIN),
            Operation(f"haiku.{name}.__call__", ARRAY),
        )
    ),
    *(LibraryClass(f"haiku.{name}", ClassKind.OBJECT, within=_WITHIN) for name in ("LSTM", "GRU", "VanillaRNN")),
    LibraryClass("haiku.Sequential", ClassKind.OBJECT, within=_WITHIN),
    LibraryClass("haiku.nets.MLP", ClassKind.OBJECT, within=_WITHIN),
    *operations(Operation("haiku", _HELD), "dropout", "rng rate x broadcast_dims"),
    *operations(Operation("haiku", ARRAY), "avg_pool max_pool", "value window_shape strides", static="window_shape strides"),
    *operations(Operation("haiku", ARRAY), "one_hot", "x num_classes", static="num_classes"),
)

ROWS: tuple[Row, ...] = (*FUNCTIONS, *TRANSFORMATIONS, *PARAMETERS)
