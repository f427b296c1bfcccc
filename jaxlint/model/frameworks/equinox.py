"""Equinox: transformations that trace arrays and keep everything else; modules are dataclasses and pytrees.

https://docs.kidger.site/equinox/api/transformations/
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import ARRAY, HOST_BOOL, UNKNOWN, operations
from jaxlint.model.schema import (
    Callee,
    ClassKind,
    FieldMarker,
    From,
    Gives,
    Hiding,
    Leaves,
    LibraryClass,
    LikeResult,
    Loop,
    Operation,
    Reads,
    Returns,
    Row,
    Selects,
    Source,
    Staging,
    TupleResult,
    Wrapper,
)

_JIT = Wrapper("equinox.filter_jit", Hiding.HIDDEN, Staging.YES, decorator_options=True, caches=True, leaves=Leaves.ARRAYS)
_MAP = Wrapper(
    "equinox.filter_vmap",
    Hiding.HIDDEN,
    Staging.INHERIT,
    Selects.IN_AXES,
    axis=True,
    maps=True,
    decorator_options=True,
    leaves=Leaves.ARRAYS,
)
_GRAD = Wrapper(
    "equinox.filter_grad",
    Hiding.PRIMAL,
    Staging.INHERIT,
    Selects.ARGNUMS,
    Returns.GRADIENT,
    decorator_options=True,
    leaves=Leaves.INEXACT,
)
_PRIMALS = (From(Source.REST, "*primals"),)

WRAPPERS: tuple[Row, ...] = (
    _JIT,
    replace(_JIT, path="equinox.filter_checkpoint"),
    replace(_JIT, path="equinox.filter_make_jaxpr", returns=Returns.JAXPR, caches=False, decorator_options=False),
    _MAP,
    replace(_MAP, path="equinox.filter_pmap", staging=Staging.YES, caches=True),
    _GRAD,
    replace(_GRAD, path="equinox.filter_value_and_grad", returns=Returns.VALUE_AND_GRADIENT),
    *(
        replace(_GRAD, path=f"equinox.{name}", returns=Returns.JACOBIAN, parameters=("fun", "has_aux"))
        for name in ("filter_jacfwd", "filter_jacrev", "filter_hessian")
    ),
    Wrapper(
        "equinox.debug.assert_max_traces",
        Hiding.SAME,
        Staging.INHERIT,
        function="fn",
        parameters=("fn",),
        decorator_options=True,
    ),
)

LOOPS: tuple[Row, ...] = (
    Loop(
        "equinox.filter_eval_shape",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("fun", (From(Source.REST, "*args"),)),),
        Gives.SHAPES,
        ("fun", "*args"),
        leaves=Leaves.ARRAYS,
    ),
    Loop(
        "equinox.filter_jvp",
        Hiding.PRIMAL,
        Staging.INHERIT,
        (Callee("fn", (From(Source.REST, "primals"),)),),
        Gives.JVP,
        ("fn", "primals", "tangents"),
        leaves=Leaves.INEXACT,
    ),
    Loop(
        "equinox.filter_vjp",
        Hiding.PRIMAL,
        Staging.INHERIT,
        (Callee("fun", _PRIMALS),),
        Gives.VJP,
        ("fun", "*primals"),
        leaves=Leaves.INEXACT,
    ),
    Loop(
        "equinox.filter_pure_callback",
        Hiding.HOST,
        Staging.NO,
        (Callee("callback", (From(Source.REST, "*args"),)),),
        Gives.DECLARED,
        ("callback", "*args"),
    ),
)

_TREE = Operation("equinox", UNKNOWN, pure=True)
_KEPT = LikeResult("pytree", same=True)

TREES: tuple[Row, ...] = (
    *operations(_TREE, "filter", "pytree filter_spec inverse replace", _KEPT),
    # Which of the arrays are in the second part hangs on the filter; with the usual ones, none.
    *operations(_TREE, "partition", "pytree filter_spec replace", TupleResult((_KEPT, UNKNOWN))),
    *operations(_TREE, "combine", "*pytrees", _KEPT),
    *operations(_TREE, "tree_at", "where pytree replace replace_fn", LikeResult("pytree")),
    *operations(_TREE, "apply_updates", "model updates", LikeResult("model")),
    *operations(replace(_TREE, reads=Reads.NOTHING), "is_array_like is_inexact_array_like", "element", HOST_BOOL),
    *operations(replace(_TREE, reads=Reads.NOTHING), "is_array is_inexact_array", "element", HOST_BOOL),
)

_LAYERS = {
    "Linear": "weight",
    "Conv Conv1d Conv2d Conv3d ConvTranspose ConvTranspose1d ConvTranspose2d ConvTranspose3d": "weight",
    "Embedding": "weight",
    "LayerNorm RMSNorm GroupNorm PReLU": "",
    "AvgPool1d AvgPool2d AvgPool3d MaxPool1d MaxPool2d MaxPool3d Identity Lambda": "",
    "GRUCell": "weight_ih weight_hh",
}
"""Layers whose call gives one array, and their attributes that are arrays whatever the options."""

LAYERS: tuple[Row, ...] = (
    *(
        row
        for names, arrays in _LAYERS.items()
        for name in names.split()
        for row in (
            LibraryClass(f"equinox.nn.{name}", ClassKind.PYTREE_BASE, arrays=tuple(arrays.split())),
            Operation(f"equinox.nn.{name}.__call__", replace(ARRAY, held=True)),
        )
    ),
    # Their parameters stand in layers of theirs.
    LibraryClass("equinox.nn.MLP", ClassKind.PYTREE_BASE),
    Operation("equinox.nn.MLP.__call__", replace(ARRAY, held=True)),
    *(LibraryClass(f"equinox.nn.{name}", ClassKind.PYTREE_BASE) for name in ("LSTMCell", "Sequential", "Dropout")),
)

CLASSES: tuple[Row, ...] = (
    LibraryClass("equinox.Module", ClassKind.PYTREE_BASE),
    LibraryClass("equinox.nn.StatefulLayer", ClassKind.PYTREE_BASE),
    FieldMarker("equinox.field"),
    FieldMarker("equinox.static_field", static=True),
)

ROWS: tuple[Row, ...] = (*WRAPPERS, *LOOPS, *TREES, *LAYERS, *CLASSES)
