"""Haiku: functions made of modules, whose parameters stand around the call.

https://dm-haiku.readthedocs.io/en/latest/api.html
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import ARRAY, HOST_BOOL, NOTHING, operations
from jaxlint.model.schema import (
    Callee,
    Caller,
    ClassKind,
    From,
    Gets,
    Gives,
    Hiding,
    KeyResult,
    Lessener,
    LibraryClass,
    Loop,
    Maker,
    Operation,
    Returns,
    Row,
    Selects,
    Source,
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
_OPERANDS = (From(Source.REST, "*operands"),)
_CARRY = From(Source.CARRY, "init_val")

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
    Wrapper(
        "haiku.remat",
        Hiding.HIDDEN,
        Staging.YES,
        Selects.NOT_STATIC,
        decorator_options=True,
        caches=True,
    ),
    Loop(
        "haiku.scan",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("f", (From(Source.CARRY, "init"), From(Source.SLICE, "xs"))),),
        Gives.CARRY_AND_STACK,
        ("f", "init", "xs", "length", "reverse", "unroll"),
        repeats=True,
    ),
    Loop(
        "haiku.map",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("f", (From(Source.SLICE, "xs"),)),),
        Gives.STACK,
        ("f", "xs"),
        repeats=True,
    ),
    Loop(
        "haiku.cond",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("true_fun", _OPERANDS), Callee("false_fun", _OPERANDS)),
        Gives.RESULT,
        ("pred", "true_fun", "false_fun", "*operands"),
    ),
    Loop(
        "haiku.switch",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("branches", _OPERANDS, many=True),),
        Gives.RESULT,
        ("index", "branches", "*operands"),
    ),
    Loop(
        "haiku.fori_loop",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("body_fun", (From(Source.COUNTER), _CARRY)),),
        Gives.CARRY,
        ("lower", "upper", "body_fun", "init_val"),
        repeats=True,
    ),
    Loop(
        "haiku.while_loop",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("cond_fun", (_CARRY,)), Callee("body_fun", (_CARRY,))),
        Gives.CARRY,
        ("cond_fun", "body_fun", "init_val"),
        repeats=True,
    ),
    Loop(
        "haiku.eval_shape",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("fun", (From(Source.REST, "*args"),)),),
        Gives.SHAPES,
        ("fun", "*args"),
    ),
)

_LAYERS = (
    "Linear Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose Conv3DTranspose ConvND Embed LayerNorm RMSNorm "
    "GroupNorm InstanceNorm BatchNorm Bias MultiHeadAttention DepthwiseConv2D SeparableDepthwiseConv2D AvgPool MaxPool "
    "Flatten Reshape"
)

PARAMETERS: tuple[Row, ...] = (
    # Subclasses of it are plain objects.
    LibraryClass("haiku.Module", ClassKind.OBJECT),
    LibraryClass("haiku.RNNCore", ClassKind.OBJECT),
    *operations(Operation("haiku", _HELD), "get_parameter", "name shape dtype init"),
    *operations(Operation("haiku", _HELD), "get_state", "name shape dtype init"),
    *operations(Operation("haiku"), "set_state", "name value", NOTHING),
    *operations(Operation("haiku", KeyResult(held=True)), "next_rng_key maybe_next_rng_key"),
    Operation("haiku.next_rng_keys", KeyResult(batch="num", held=True), ("num",)),
    *operations(Operation("haiku"), "running_init", "", HOST_BOOL),
    *(
        row
        for name in _LAYERS.split()
        for row in (
            LibraryClass(f"haiku.{name}", ClassKind.OBJECT),
            Operation(f"haiku.{name}.__call__", _HELD),
        )
    ),
    *operations(Operation("haiku", _HELD), "dropout", "rng rate x broadcast_dims"),
    *operations(Operation("haiku", ARRAY), "avg_pool max_pool", "value window_shape strides", static="window_shape strides"),
    *operations(Operation("haiku", ARRAY), "one_hot", "x num_classes", static="num_classes"),
)

ROWS: tuple[Row, ...] = (*FUNCTIONS, *TRANSFORMATIONS, *PARAMETERS)
