"""Equinox: transformations that trace arrays and keep everything else; modules are dataclasses and pytrees.

`equinox.internal` has what libraries on top of Equinox are made with: loops, wrappers of arrays.

https://docs.kidger.site/equinox/api/transformations/
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import ARRAY, ELEMENTWISE, HOST_BOOL, UNKNOWN, classes, layers, operations
from jaxlint.model.loops import applying, control_flow
from jaxlint.model.schema import (
    ArgumentResult,
    ArrayResult,
    ClassKind,
    FieldMarker,
    Gives,
    Hiding,
    Leaves,
    LibraryClass,
    LikeResult,
    Operation,
    Reads,
    Returns,
    Row,
    Selects,
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

WRAPPERS: tuple[Row, ...] = (
    replace(_JIT, plain=True),
    replace(_JIT, path="equinox.filter_checkpoint", compiled=False),
    replace(_JIT, path="equinox.filter_make_jaxpr", returns=Returns.JAXPR, caches=False, decorator_options=False),
    _MAP,
    replace(_MAP, path="equinox.filter_pmap", staging=Staging.YES, caches=True),
    _GRAD,
    replace(_GRAD, path="equinox.filter_value_and_grad", returns=Returns.VALUE_AND_GRADIENT),
    *(
        replace(
            _GRAD,
            path=f"equinox.{name}",
            returns=Returns.JACOBIAN,
            parameters=("fun", "has_aux"),
            forward=name == "filter_jacfwd",
        )
        for name in ("filter_jacfwd", "filter_jacrev", "filter_hessian")
    ),
    Wrapper(
        "equinox.filter_custom_jvp",
        Hiding.BARE,
        Staging.INHERIT,
        function="fn",
        parameters=("fn",),
        leaves=Leaves.ARRAYS,
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
    applying("equinox.filter_eval_shape", Hiding.HIDDEN, Staging.YES, Gives.SHAPES, "fun *args", leaves=Leaves.ARRAYS),
    applying(
        "equinox.internal.cached_filter_eval_shape",
        Hiding.HIDDEN,
        Staging.YES,
        Gives.SHAPES,
        "fn *args",
        leaves=Leaves.ARRAYS,
    ),
    applying("equinox.filter_closure_convert", Hiding.HIDDEN, Staging.YES, Gives.FUNCTION, "fn *args", leaves=Leaves.ARRAYS),
    # Which way `while_loop` can be differentiated hangs on its `kind`; each goes one way at least.
    *(
        replace(row, one_way=False, parameters=row.parameters[:4])
        for row in control_flow("equinox.internal", "scan while_loop")
    ),
    applying(
        "equinox.filter_jvp",
        Hiding.PRIMAL,
        Staging.INHERIT,
        Gives.JVP,
        "fn primals tangents",
        operands="primals",
        leaves=Leaves.INEXACT,
    ),
    applying("equinox.filter_vjp", Hiding.PRIMAL, Staging.INHERIT, Gives.VJP, "fun *primals", leaves=Leaves.INEXACT),
    applying("equinox.filter_pure_callback", Hiding.HOST, Staging.NO, Gives.DECLARED, "callback *args"),
)

_TREE = Operation("equinox", UNKNOWN, pure=True)
_KEPT = LikeResult("pytree", same=True)

TREES: tuple[Row, ...] = (
    *operations(_TREE, "filter", "pytree filter_spec inverse replace", _KEPT),
    # Which of the arrays are in the second part hangs on the filter; with the usual ones, none.
    *operations(_TREE, "partition", "pytree filter_spec replace", TupleResult((_KEPT, UNKNOWN))),
    # Arrays of one part, and what is no array of the other.
    *operations(_TREE, "combine", "*pytrees", LikeResult("pytree", same=True, partly=True, any_of=True)),
    *operations(_TREE, "tree_at", "where pytree replace replace_fn", LikeResult("pytree", partly=True)),
    *operations(_TREE, "apply_updates", "model updates", LikeResult("model", partly=True)),
    *operations(replace(_TREE, reads=Reads.NOTHING), "is_array_like is_inexact_array_like", "element", HOST_BOOL),
    *operations(replace(_TREE, reads=Reads.NOTHING), "is_array is_inexact_array", "element", HOST_BOOL),
)

_INTERNAL = Operation("equinox.internal", ARRAY, pure=True)
_CHECKED = Operation("equinox", ArgumentResult("x"))
_MARKED = replace(_CHECKED, path="equinox.internal", pure=True)

ARRAYS: tuple[Row, ...] = (
    Operation("equinox.error_if", ArgumentResult("x"), ("x", "pred", "msg"), aliases=("equinox.internal.error_if",)),
    Operation(
        "equinox.branched_error_if",
        ArgumentResult("x"),
        ("x", "pred", "index", "msgs"),
        aliases=("equinox.internal.branched_error_if",),
    ),
    *operations(_MARKED, "nondifferentiable nondifferentiable_backward nontraceable nonbatchable", "x"),
    *operations(_INTERNAL, "unvmap_all unvmap_any unvmap_max", "x", ArrayResult(merges=True)),
    *operations(_INTERNAL, "nextafter prevbefore", "x", ELEMENTWISE),
    *operations(_INTERNAL, "left_broadcast_to", "arr shape", static="shape"),
    *operations(_INTERNAL, "buffer_at_set", "buffer item x"),
)

LAYERS: tuple[LibraryClass | Operation, ...] = (
    *layers(
        "equinox.nn",
        ClassKind.PYTREE_BASE,
        "Linear Conv Conv1d Conv2d Conv3d ConvTranspose ConvTranspose1d ConvTranspose2d ConvTranspose3d Embedding",
        arrays="weight",
    ),
    *layers(
        "equinox.nn",
        ClassKind.PYTREE_BASE,
        "LayerNorm RMSNorm GroupNorm PReLU Identity",
    ),
    *layers(
        "equinox.nn",
        ClassKind.PYTREE_BASE,
        "AvgPool1d AvgPool2d AvgPool3d MaxPool1d MaxPool2d MaxPool3d",
        opaque="operation",
    ),
    *layers("equinox.nn", ClassKind.PYTREE_BASE, "Lambda", opaque="fn"),
    *layers("equinox.nn", ClassKind.PYTREE_BASE, "GRUCell", arrays="weight_ih weight_hh"),
    # Its parameters stand in layers of its own.
    LibraryClass("equinox.nn.MLP", ClassKind.PYTREE_BASE, opaque=("activation",)),
    Operation("equinox.nn.MLP.__call__", ArrayResult(held=True)),
    *classes("equinox.nn", ClassKind.PYTREE_BASE, "LSTMCell Dropout"),
    LibraryClass("equinox.nn.Sequential", ClassKind.PYTREE_BASE, fields=("layers",)),
)

BASES: tuple[LibraryClass, ...] = (
    LibraryClass("equinox.Module", ClassKind.PYTREE_BASE),
    LibraryClass("equinox.nn.StatefulLayer", ClassKind.PYTREE_BASE),
    LibraryClass("equinox.internal.Static", ClassKind.PYTREE_BASE, fields=("value",), static=("value",)),
)

CLASSES: tuple[Row, ...] = (
    LibraryClass("equinox.internal.ω", ClassKind.LEAFWISE, fields=("ω",)),
    FieldMarker("equinox.field"),
    FieldMarker("equinox.static_field", static=True),
)

MODULES: tuple[LibraryClass | Operation, ...] = tuple(
    replace(row, filtered="eqx.filter_jit") if isinstance(row, LibraryClass) else row for row in (*LAYERS, *BASES)
)
"""Children of a module may be functions and texts as well."""

ROWS: tuple[Row, ...] = (*WRAPPERS, *LOOPS, *TREES, *ARRAYS, *MODULES, *CLASSES)
