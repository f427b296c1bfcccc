"""Flax nnx: modules are objects with state, and what a transformed function writes into them reaches the caller's.

https://flax.readthedocs.io/en/latest/api_reference/flax.nnx/
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import ARRAY, UNKNOWN, layers, operations
from jaxlint.model.loops import applying, control_flow
from jaxlint.model.schema import (
    ClassKind,
    Gives,
    Hiding,
    KeyResult,
    Leaves,
    LibraryClass,
    Operation,
    Returns,
    Row,
    Selects,
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
_REMAT = replace(_JIT, path="flax.nnx.remat", function="f", parameters=("f",))
_PMAP = replace(_REMAT, path="flax.nnx.pmap", axis=True, maps=True)
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
    replace(_JIT, plain=True),
    replace(_REMAT, compiled=False),
    replace(_PMAP, path="flax.nnx.vmap", staging=Staging.INHERIT, selects=Selects.IN_AXES, caches=False),
    _PMAP,
    replace(
        _REMAT,
        path="flax.nnx.scan",
        selects=Selects.SCANNED,
        returns=Returns.CARRY_AND_STACK,
        caches=False,
        plain=True,
    ),
    _GRAD,
    replace(_GRAD, path="flax.nnx.value_and_grad", returns=Returns.VALUE_AND_GRADIENT),
)

LOOPS: tuple[Row, ...] = (
    *control_flow("flax.nnx", "cond switch fori_loop while_loop"),
    applying("flax.nnx.eval_shape", Hiding.HIDDEN, Staging.YES, Gives.SHAPES, "f *args"),
)

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
    *layers("flax.nnx", ClassKind.STATE_BASE, "Linear LinearGeneral Einsum Conv ConvTranspose", arrays="kernel"),
    *layers("flax.nnx", ClassKind.STATE_BASE, "Embed", arrays="embedding"),
    *layers("flax.nnx", ClassKind.STATE_BASE, "BatchNorm", arrays="mean var"),
    *layers("flax.nnx", ClassKind.STATE_BASE, "LayerNorm RMSNorm GroupNorm"),
    LibraryClass("flax.nnx.Dropout", ClassKind.STATE_BASE),
    Operation("flax.nnx.Dropout.__call__", replace(ARRAY, held=True, keeps=True)),
    *operations(Operation("flax.nnx", ARRAY), "relu gelu silu swish sigmoid tanh softplus elu softmax log_softmax", "x"),
)

ROWS: tuple[Row, ...] = (*WRAPPERS, *LOOPS, *CLASSES)
