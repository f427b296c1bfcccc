"""`jax.nn`, `jax.ops`, `jax.image`. Most of `jax.nn.initializers` makes functions and has no rows."""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.model.families import (
    ARRAY,
    INEXACT,
    LIKEWISE,
    NUMERIC,
    SAME,
    SCALAR,
    filled,
    operations,
)
from jaxlint.model.schema import ArrayResult, KeyUse, Operation, Row

_NN = Operation("jax.nn", ARRAY, pure=True)
_OPS = replace(_NN, path="jax.ops")
_IMAGE = replace(_NN, path="jax.image")
_INITIALIZERS = replace(_NN, path="jax.nn.initializers")

ROWS: tuple[Row, ...] = (
    *operations(
        _NN,
        "hard_sigmoid hard_silu hard_swish hard_tanh mish relu6 selu soft_sign sparse_plus sparse_sigmoid log1mexp",
        "x",
        ArrayResult(shape=ShapeRule.FIRST),
    ),
    *operations(_NN, "sigmoid silu swish tanh", "x", INEXACT),
    # It adds a Python float in, so that integers become weakly typed.
    *operations(_NN, "log_sigmoid softplus", "x", ArrayResult(shape=ShapeRule.FIRST)),
    *operations(_NN, "relu", "x", NUMERIC),
    *operations(_NN, "identity", "x", LIKEWISE),
    *operations(_NN, "celu elu", "x alpha", ArrayResult(shape=ShapeRule.FIRST)),
    *operations(_NN, "leaky_relu", "x negative_slope", ArrayResult(shape=ShapeRule.FIRST)),
    *operations(_NN, "squareplus", "x b"),
    *operations(_NN, "gelu", "x approximate", filled(DtypeRule.AVERAGED, ShapeRule.FIRST), static="approximate"),
    *operations(_NN, "glu", "x axis", static="axis"),
    *operations(_NN, "softmax log_softmax", "x axis where", filled(DtypeRule.AVERAGED, ShapeRule.FIRST), static="axis"),
    *operations(
        _NN,
        "logsumexp",
        "a axis b keepdims return_sign where",
        SCALAR,
        static="axis keepdims return_sign",
        unless="return_sign",
    ),
    *operations(_NN, "logmeanexp", "x axis where keepdims", SCALAR, static="axis keepdims"),
    *operations(_NN, "standardize", "x axis mean variance epsilon where", ArrayResult(shape=ShapeRule.FIRST), static="axis"),
    *operations(_NN, "one_hot", "x num_classes", filled(DtypeRule.FLOAT, ShapeRule.ENCODED), static="num_classes axis"),
    *operations(_NN, "dot_product_attention", "query key value bias mask", LIKEWISE, static="is_causal"),
    *operations(_NN, "scaled_matmul", "lhs rhs lhs_scales rhs_scales preferred_element_type"),
    *operations(
        replace(_INITIALIZERS, key=KeyUse.LOOKS),
        "ones zeros",
        "key shape dtype",
        filled(DtypeRule.FLOAT),
        static="shape",
    ),
    *operations(
        _OPS,
        "segment_sum segment_prod segment_max segment_min",
        "data segment_ids num_segments indices_are_sorted unique_indices bucket_size mode",
        SAME,
        static="num_segments indices_are_sorted unique_indices bucket_size",
        sized_by="num_segments",
        sized_from="segment_ids",
    ),
    *operations(
        _IMAGE,
        "resize",
        "image shape method antialias precision",
        ArrayResult(shape=ShapeRule.ASKED),
        static="shape antialias",
    ),
    *operations(
        _IMAGE,
        "scale_and_translate",
        "image shape spatial_dims scale translation method antialias precision",
        static="shape spatial_dims antialias",
    ),
)
