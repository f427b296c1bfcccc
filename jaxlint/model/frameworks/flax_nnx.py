"""Flax nnx: modules are objects with state, and what a transformed function writes into them reaches the caller's.

https://flax.readthedocs.io/en/latest/api_reference/flax.nnx/
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import ARRAY, UNKNOWN, operations
from jaxlint.model.schema import (
    Callee,
    ClassKind,
    From,
    Gives,
    Hiding,
    KeyResult,
    Leaves,
    LibraryClass,
    Loop,
    Operation,
    Returns,
    Row,
    Selects,
    Source,
    Staging,
    TreeResult,
    Wrapper,
)

_JIT = Wrapper(
    "flax.nnx.jit",
    Hiding.HIDDEN,
    Staging.YES,
    Selects.NOT_STATIC,
    decorator_options=True,
    caches=True,
    updates=True,
)
_GRAD = Wrapper(
    "flax.nnx.grad",
    Hiding.PRIMAL,
    Staging.INHERIT,
    Selects.ARGNUMS,
    Returns.GRADIENT,
    function="f",
    parameters=("f",),
    decorator_options=True,
    leaves=Leaves.PARAMETERS,
    updates=True,
)

WRAPPERS: tuple[Row, ...] = (
    _JIT,
    replace(_JIT, path="flax.nnx.remat", function="f", parameters=("f",)),
    Wrapper(
        "flax.nnx.vmap",
        Hiding.HIDDEN,
        Staging.INHERIT,
        Selects.IN_AXES,
        function="f",
        parameters=("f",),
        axis=True,
        maps=True,
        decorator_options=True,
        updates=True,
    ),
    Wrapper(
        "flax.nnx.pmap",
        Hiding.HIDDEN,
        Staging.YES,
        Selects.NOT_STATIC,
        function="f",
        parameters=("f",),
        axis=True,
        maps=True,
        decorator_options=True,
        caches=True,
        updates=True,
    ),
    Wrapper(
        "flax.nnx.scan",
        Hiding.HIDDEN,
        Staging.YES,
        Selects.SCANNED,
        Returns.CARRY_AND_STACK,
        function="f",
        parameters=("f",),
        decorator_options=True,
        updates=True,
    ),
    _GRAD,
    replace(_GRAD, path="flax.nnx.value_and_grad", returns=Returns.VALUE_AND_GRADIENT),
)

_OPERANDS = (From(Source.REST, "*operands"),)
_CARRY = From(Source.CARRY, "init_val")

LOOPS: tuple[Row, ...] = (
    Loop(
        "flax.nnx.cond",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("true_fun", _OPERANDS), Callee("false_fun", _OPERANDS)),
        Gives.RESULT,
        ("pred", "true_fun", "false_fun", "*operands"),
    ),
    Loop(
        "flax.nnx.switch",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("branches", _OPERANDS, many=True),),
        Gives.RESULT,
        ("index", "branches", "*operands"),
    ),
    Loop(
        "flax.nnx.fori_loop",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("body_fun", (From(Source.COUNTER), _CARRY)),),
        Gives.CARRY,
        ("lower", "upper", "body_fun", "init_val"),
        repeats=True,
    ),
    Loop(
        "flax.nnx.while_loop",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("cond_fun", (_CARRY,)), Callee("body_fun", (_CARRY,))),
        Gives.CARRY,
        ("cond_fun", "body_fun", "init_val"),
        repeats=True,
    ),
    Loop(
        "flax.nnx.eval_shape",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("f", (From(Source.REST, "*args"),)),),
        Gives.SHAPES,
        ("f", "*args"),
    ),
)

_LAYERS = {
    "Linear LinearGeneral Einsum Conv ConvTranspose": "kernel",
    "Embed": "embedding",
    "BatchNorm": "mean var",
    "LayerNorm RMSNorm GroupNorm": "",
}
"""Layers whose call gives one array, and their attributes that are Variables whatever the options."""

CLASSES: tuple[Row, ...] = (
    LibraryClass("flax.nnx.Module", ClassKind.STATE_BASE, aliases=("flax.nnx.Pytree", "flax.nnx.Object")),
    *(
        LibraryClass(f"flax.nnx.{name}", ClassKind.REF)
        for name in ("Variable", "Param", "BatchStat", "Cache", "Intermediate", "Perturbation")
    ),
    LibraryClass("flax.nnx.Rngs", ClassKind.OBJECT),
    Operation("flax.nnx.Rngs.__call__", KeyResult(held=True)),
    *operations(Operation("flax.nnx.Rngs", KeyResult(held=True)), "params dropout default"),
    *operations(Operation("flax.nnx", UNKNOWN), "merge split update"),
    Operation("flax.nnx.state", TreeResult(held=True)),
    *(
        row
        for names, arrays in _LAYERS.items()
        for name in names.split()
        for row in (
            LibraryClass(f"flax.nnx.{name}", ClassKind.STATE_BASE, arrays=tuple(arrays.split())),
            Operation(f"flax.nnx.{name}.__call__", replace(ARRAY, held=True)),
        )
    ),
    LibraryClass("flax.nnx.Dropout", ClassKind.STATE_BASE),
    Operation("flax.nnx.Dropout.__call__", replace(ARRAY, held=True, keeps=True)),
    *operations(Operation("flax.nnx", ARRAY), "relu gelu silu swish sigmoid tanh softplus elu softmax log_softmax", "x"),
)

ROWS: tuple[Row, ...] = (*WRAPPERS, *LOOPS, *CLASSES)
