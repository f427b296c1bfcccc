"""Flax: linen modules and their lifted transformations, `struct`, training states. `flax_nnx` has nnx.

https://flax-linen.readthedocs.io/en/latest/api_reference/
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import ARRAY, CALLED, HOST_BOOL, layers, operations
from jaxlint.model.schema import (
    ArgumentResult,
    Asks,
    Callee,
    Caller,
    ClassDecorator,
    ClassKind,
    Demand,
    FieldMarker,
    From,
    Gets,
    Gives,
    Hiding,
    HostResult,
    KeyResult,
    LibraryClass,
    LikeResult,
    Loop,
    Operation,
    Reads,
    RefResult,
    Returns,
    Row,
    Selects,
    Source,
    Staging,
    TreeResult,
    Wrapper,
)

_MODULE = "flax.linen.Module"

_KEYWORDS = ("rngs", "method", "mutable", "capture_intermediates")
_INIT = Caller(
    f"{_MODULE}.init",
    own=("rngs",),
    keywords=_KEYWORDS,
    calls="__call__",
    instead="method",
    gets=Gets.STATE,
)

MODULES: tuple[Row, ...] = (
    LibraryClass(_MODULE, ClassKind.MODULE_BASE, initialisers=("setup",), contracts=(CALLED,)),
    _INIT,
    replace(_INIT, path=f"{_MODULE}.init_with_output", gets=Gets.WITH_STATE),
    Caller(
        f"{_MODULE}.apply",
        own=("variables",),
        keywords=_KEYWORDS,
        state="variables",
        calls="__call__",
        instead="method",
        gets=Gets.PERHAPS_STATE,
        switch="mutable",
        writable="mutable",
        streams="rngs",
        serves_all="params",
    ),
    Caller(
        f"{_MODULE}.bind",
        own=("variables",),
        keywords=("rngs", "mutable"),
        state="variables",
        calls="__call__",
        gets=Gets.OBJECT,
    ),
    Operation(f"{_MODULE}.param", TreeResult(held=True), within=_MODULE),
    Operation(
        f"{_MODULE}.variable", RefResult(held=True, collection="col"), ("col", "name", "init_fn"), within=_MODULE
    ),
    Operation(
        f"{_MODULE}.put_variable",
        HostResult(None),
        ("col", "name", "value"),
        demands=(Demand(Asks.WRITE, named="col"),),
        within=_MODULE,
    ),
    Operation(
        f"{_MODULE}.make_rng",
        KeyResult(held=True),
        ("name",),
        demands=(Demand(Asks.KEY, "params", named="name"),),
        within=_MODULE,
    ),
    Operation(f"{_MODULE}.perturb", ArgumentResult("value"), ("name", "value")),
    *operations(replace(Operation(_MODULE), reads=Reads.NOTHING), "sow has_variable has_rng is_initializing", "", HOST_BOOL),
    *operations(Operation(_MODULE), "is_mutable_collection", "col", HOST_BOOL),
)

_LIFTED = Wrapper(
    "flax.linen.jit",
    Hiding.HIDDEN,
    Staging.YES,
    Selects.NOT_STATIC,
    function="target",
    parameters=("target", "variables", "rngs", "static_argnums", "static_argnames", "donate_argnums"),
    lifts=True,
)
_MODULE_GIVEN = (From(Source.WHOLE, "mdl"), From(Source.REST, "*operands"))
_PRIMALS = (From(Source.WHOLE, "mdl"), From(Source.REST, "*primals"))

TRANSFORMATIONS: tuple[Row, ...] = (
    replace(_LIFTED, plain=True),
    replace(
        _LIFTED,
        path="flax.linen.remat",
        parameters=("target", "variables", "rngs", "concrete", "prevent_cse", "static_argnums", "policy", "methods"),
        aliases=("flax.linen.checkpoint",),
    ),
    replace(
        _LIFTED,
        path="flax.linen.vmap",
        staging=Staging.INHERIT,
        selects=Selects.IN_AXES,
        parameters=("target", "variable_axes", "split_rngs", "in_axes", "out_axes", "axis_size", "axis_name"),
        axis=True,
        maps=True,
    ),
    replace(
        _LIFTED,
        path="flax.linen.scan",
        plain=True,
        selects=Selects.SCANNED,
        returns=Returns.CARRY_AND_STACK,
        parameters=(
            "target",
            "variable_axes",
            "variable_broadcast",
            "variable_carry",
            "split_rngs",
            "in_axes",
            "out_axes",
            "length",
        ),
    ),
    Loop(
        "flax.linen.cond",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("true_fun", _MODULE_GIVEN), Callee("false_fun", _MODULE_GIVEN)),
        Gives.RESULT,
        ("pred", "true_fun", "false_fun", "mdl", "*operands"),
        plain=True,
    ),
    Loop(
        "flax.linen.switch",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("branches", _MODULE_GIVEN, many=True),),
        Gives.RESULT,
        ("index", "branches", "mdl", "*operands"),
        plain=True,
    ),
    Loop(
        "flax.linen.while_loop",
        Hiding.HIDDEN,
        Staging.YES,
        (
            Callee("cond_fn", (From(Source.WHOLE, "mdl"), From(Source.CARRY, "init"))),
            Callee("body_fn", (From(Source.WHOLE, "mdl"), From(Source.CARRY, "init"))),
        ),
        Gives.CARRY,
        ("cond_fn", "body_fn", "mdl", "init"),
        repeats=True,
        plain=True,
    ),
    Loop(
        "flax.linen.jvp",
        Hiding.PRIMAL,
        Staging.INHERIT,
        (Callee("fn", (From(Source.WHOLE, "mdl"), From(Source.REST, "primals"))),),
        Gives.UNKNOWN,
        ("fn", "mdl", "primals", "tangents", "variable_tangents"),
    ),
    *(
        Loop(
            f"flax.linen.{name}",
            Hiding.PRIMAL,
            Staging.INHERIT,
            (Callee("fn", _PRIMALS),),
            Gives.UNKNOWN,
            ("fn", "mdl", "*primals"),
        )
        for name in ("vjp", "grad", "value_and_grad")
    ),
)

LAYERS: tuple[Row, ...] = (
    *layers(
        "flax.linen",
        ClassKind.MODULE_BASE,
        "Dense DenseGeneral Conv ConvTranspose ConvLocal Embed LayerNorm RMSNorm GroupNorm InstanceNorm Einsum "
        "PReLU MultiHeadDotProductAttention SelfAttention MultiHeadAttention",
        base=_MODULE,
        within=_MODULE,
    ),
    LibraryClass("flax.linen.BatchNorm", ClassKind.MODULE_BASE, base=_MODULE, fields=("use_running_average",)),
    Operation(
        "flax.linen.BatchNorm.__call__",
        replace(ARRAY, held=True),
        ("x", "use_running_average"),
        demands=(Demand(Asks.WRITE, "batch_stats", flag="use_running_average"),),
        within=_MODULE,
    ),
    LibraryClass(
        "flax.linen.Dropout",
        ClassKind.MODULE_BASE,
        base=_MODULE,
        fields=("rate", "broadcast_dims", "deterministic", "rng_collection"),
    ),
    # The input itself when `deterministic`.
    Operation(
        "flax.linen.Dropout.__call__",
        replace(ARRAY, held=True, keeps=True),
        ("inputs", "deterministic", "rng"),
        demands=(
            Demand(Asks.KEY, "dropout", named="rng_collection", flag="deterministic", share="rate", unless="rng"),
        ),
        within=_MODULE,
    ),
    *operations(Operation("flax.linen", ARRAY), "max_pool avg_pool pool", "inputs", static="window_shape"),
    *operations(
        Operation("flax.linen", ARRAY),
        "relu gelu silu swish sigmoid tanh softplus elu leaky_relu selu celu glu log_softmax softmax standardize "
        "log_sigmoid soft_sign hard_tanh relu6 hard_sigmoid hard_silu hard_swish",
        "x",
    ),
    *operations(Operation("flax.linen", ARRAY), "one_hot", "x num_classes", static="num_classes"),
)

_STATE = "flax.training.train_state.TrainState"

STATES: tuple[Row, ...] = (
    ClassDecorator("flax.struct.dataclass", ClassKind.PYTREE_BASE),
    LibraryClass("flax.struct.PyTreeNode", ClassKind.PYTREE_BASE),
    FieldMarker("flax.struct.field"),
    LibraryClass(
        _STATE,
        ClassKind.PYTREE_BASE,
        fields=("step", "apply_fn", "params", "tx", "opt_state"),
        static=("apply_fn", "tx"),
        creators=("create",),
    ),
    Operation(f"{_STATE}.apply_gradients", LikeResult("self")),
)

ROWS: tuple[Row, ...] = (*MODULES, *TRANSFORMATIONS, *LAYERS, *STATES)
