"""Optax: gradient transformations, whose results are as abstract as gradients and state; losses.

https://optax.readthedocs.io/en/latest/api/
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import ARRAY, SCALAR, operations
from jaxlint.model.schema import (
    ClassKind,
    Contract,
    LibraryClass,
    LikeResult,
    ObjectResult,
    Operation,
    Row,
    StateResult,
    TupleResult,
)

_TRANSFORMATION = "optax.GradientTransformation"
_OPTAX = Operation("optax", pure=True)
_MAKES = replace(_OPTAX, result=ObjectResult(_TRANSFORMATION))
_CHAINS = replace(_OPTAX, result=ObjectResult(_TRANSFORMATION, tuples=True))
_CHANGES = replace(_OPTAX, result=ObjectResult(_TRANSFORMATION, changes=True, tuples=True))
_ASKING = ObjectResult(_TRANSFORMATION, asks="params")
_ASKS = replace(_OPTAX, result=_ASKING)
_SCHEDULE = replace(_OPTAX, result=ObjectResult("optax.Schedule"))

TRANSFORMATIONS: tuple[Row, ...] = (
    # Optimisers of the user's own are made of functions by the same name.
    LibraryClass(
        _TRANSFORMATION,
        ClassKind.NAMEDTUPLE,
        fields=("init", "update"),
        aliases=("optax.GradientTransformationExtraArgs",),
        contracts=(Contract("update", ("updates", "state"), customary=True),),
    ),
    Operation(f"{_TRANSFORMATION}.init", StateResult(), ("params",)),
    Operation(
        f"{_TRANSFORMATION}.update",
        TupleResult((LikeResult("updates"), StateResult())),
        ("updates", "state", "params"),
    ),
    *operations(
        _CHANGES,
        "adabelief adagrad adam adamax amsgrad nadam noisy_sgd optimistic_gradient_descent radam rmsprop rprop sm3 yogi",
        "learning_rate",
    ),
    # Their state is empty, or they need no parameters, by the options.
    *operations(_CHAINS, "adafactor sgd sign_sgd", "learning_rate"),
    *operations(
        replace(_OPTAX, result=replace(_ASKING, changes=True, tuples=True)),
        "adadelta adamaxw adamw adan lamb lion nadamw novograd",
        "learning_rate",
    ),
    *operations(replace(_OPTAX, result=replace(_ASKING, tuples=True)), "fromage lars", "learning_rate"),
    *operations(_ASKS, "add_decayed_weights adaptive_grad_clip scale_by_trust_ratio"),
    Operation("optax.chain", ObjectResult(_TRANSFORMATION, gathers=True, tuples=True), ("*args",), pure=True),
    *operations(
        _MAKES,
        "add_noise centralize clip clip_by_block_rms clip_by_global_norm ema "
        "identity scale scale_by_adam scale_by_amsgrad scale_by_belief scale_by_lion scale_by_radam scale_by_rms "
        "scale_by_rss scale_by_schedule scale_by_sign scale_by_stddev scale_by_yogi set_to_zero trace "
        "zero_nans scale_by_learning_rate",
    ),
)

UPDATES: tuple[Row, ...] = (
    *operations(replace(_OPTAX, aligned=("params", "updates")), "apply_updates", "params updates", LikeResult("params")),
    *operations(_OPTAX, "incremental_update periodic_update", "new_tensors old_tensors", LikeResult("new_tensors")),
    *operations(_OPTAX, "global_norm", "updates", SCALAR),
)

SCHEDULES: tuple[Row, ...] = (
    *operations(
        _SCHEDULE,
        "cosine_decay_schedule cosine_onecycle_schedule exponential_decay linear_onecycle_schedule linear_schedule "
        "piecewise_constant_schedule polynomial_schedule warmup_cosine_decay_schedule warmup_exponential_decay_schedule",
    ),
    Operation("optax.Schedule.__call__", ARRAY, ("count",)),
)

LOSSES: tuple[Row, ...] = (
    *operations(
        replace(_OPTAX, result=ARRAY),
        "huber_loss l2_loss squared_error log_cosh",
        "predictions targets",
    ),
    *operations(
        replace(_OPTAX, result=ARRAY),
        "softmax_cross_entropy softmax_cross_entropy_with_integer_labels sigmoid_binary_cross_entropy",
        "logits labels",
    ),
    *operations(replace(_OPTAX, result=ARRAY), "smooth_labels", "labels alpha"),
    *operations(replace(_OPTAX, result=ARRAY), "cosine_similarity cosine_distance", "predictions targets"),
)

ROWS: tuple[Row, ...] = (*TRANSFORMATIONS, *UPDATES, *SCHEDULES, *LOSSES)
