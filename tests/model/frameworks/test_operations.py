"""What functions of frameworks return."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from jaxlint.model.schema import (
    ArgumentResult,
    ArrayResult,
    HostResult,
    InitialisingResult,
    KeyResult,
    LikeResult,
    ObjectResult,
    Operation,
    RecordResult,
    RefResult,
    StateResult,
    TreeResult,
    TupleResult,
    UnknownResult,
    VaryingResult,
)
from jaxlint.values.base import HostKind
from tests.model.frameworks.recipes import RECIPES
from tests.model.frameworks.rows import MADE_UP, is_layer, library, of
from tests.model.frameworks.running import KEY, X, in_haiku, in_linen

TREE = {"a": X, "b": (X, X)}
NO_CLASS = {"optax.Schedule"}


def _state_of_training() -> Any:
    return library("flax.training.train_state.TrainState").create(apply_fn=None, params=TREE, tx=library("optax").sgd(0.1))


LABELS = jnp.array([0, 1, 2])
LOGITS = jnp.ones((3, 3))

OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "equinox.filter": lambda f: f(TREE, lambda leaf: True),
    "equinox.partition": lambda f: f(TREE, lambda leaf: True),
    "equinox.combine": lambda f: f(TREE, {"a": None, "b": (None, None)}),
    "equinox.tree_at": lambda f: f(lambda tree: tree["a"], TREE, X),
    "equinox.apply_updates": lambda f: f(TREE, TREE),
    **{
        f"equinox.{name}": lambda f: f(X)
        for name in ("is_array", "is_array_like", "is_inexact_array", "is_inexact_array_like")
    },
    "equinox.error_if": lambda f: f(X, False, "said"),
    "equinox.branched_error_if": lambda f: f(X, False, 0, ["said"]),
    **{
        f"equinox.internal.{name}": lambda f, name=name: f(X, name=name)
        for name in ("nondifferentiable", "nondifferentiable_backward", "nontraceable", "nonbatchable")
    },
    "equinox.internal.left_broadcast_to": lambda f: f(X, (3, 2)),
    "equinox.internal.buffer_at_set": lambda f: f(X, 0, 1.0),
    "flax.linen.Module.param": lambda f: in_linen(lambda m: m.param("w", lambda key: X)),
    "flax.linen.Module.variable": lambda f: in_linen(lambda m: m.variable("stats", "w", lambda: X)),
    "flax.linen.Module.put_variable": lambda f: in_linen(lambda m: m.put_variable("stats", "w", X)),
    "flax.linen.Module.make_rng": lambda f: in_linen(lambda m: m.make_rng("noise")),
    "flax.linen.Module.perturb": lambda f: in_linen(lambda m: m.perturb("p", X)),
    "flax.linen.Module.sow": lambda f: in_linen(lambda m: m.sow("stats", "w", X)),
    "flax.linen.Module.has_variable": lambda f: in_linen(lambda m: m.has_variable("stats", "w")),
    "flax.linen.Module.has_rng": lambda f: in_linen(lambda m: m.has_rng("noise")),
    "flax.linen.Module.is_initializing": lambda f: in_linen(lambda m: m.is_initializing()),
    "flax.linen.Module.is_mutable_collection": lambda f: in_linen(lambda m: m.is_mutable_collection("stats")),
    **{f"flax.linen.{name}_pool": lambda f: f(jnp.ones((1, 4, 4, 1)), (2, 2)) for name in ("max", "avg", "min")},
    "flax.linen.pool": lambda f: f(jnp.ones((1, 4, 4, 1)), 0.0, jax.lax.add, (2, 2), (1, 1), "SAME"),
    "flax.linen.one_hot": lambda f: f(LABELS, 3),
    "flax.linen.glu": lambda f: f(jnp.ones(4)),
    "flax.training.train_state.TrainState.apply_gradients": lambda f: _state_of_training().apply_gradients(grads=TREE),
    "flax.nnx.Rngs.__call__": lambda f: library("flax.nnx").Rngs(0)(),
    **{
        f"flax.nnx.Rngs.{n}": lambda f, n=n: getattr(library("flax.nnx").Rngs(0), n)()
        for n in ("params", "dropout", "default")
    },
    "flax.nnx.state": lambda f: f(library("flax.nnx").Linear(3, 2, rngs=library("flax.nnx").Rngs(0))),
    "haiku.get_parameter": lambda f: in_haiku(lambda: f("w", (3,), init=_ones_of_shape)),
    "haiku.get_state": lambda f: in_haiku(lambda: f("s", (3,), init=_ones_of_shape)),
    "haiku.set_state": lambda f: in_haiku(lambda: f("s", X)),
    "haiku.next_rng_key": in_haiku,
    "haiku.maybe_next_rng_key": in_haiku,
    "haiku.next_rng_keys": lambda f: in_haiku(lambda: f(2)),
    "haiku.running_init": in_haiku,
    "haiku.dropout": lambda f: f(KEY, 0.5, X),
    "haiku.avg_pool": lambda f: f(jnp.ones((1, 4, 4, 1)), 2, 1, "SAME"),
    "haiku.max_pool": lambda f: f(jnp.ones((1, 4, 4, 1)), 2, 1, "SAME"),
    "haiku.one_hot": lambda f: f(LABELS, 3),
    "optax.GradientTransformation.init": lambda f: library("optax").adam(0.1).init(TREE),
    "optax.GradientTransformation.update": lambda f: (
        library("optax").adam(0.1).update(TREE, library("optax").adam(0.1).init(TREE), TREE)
    ),
    "optax.apply_updates": lambda f: f(TREE, TREE),
    "optax.incremental_update": lambda f: f(TREE, TREE, 0.5),
    "optax.periodic_update": lambda f: f(TREE, TREE, jnp.array(1), 2),
    "optax.global_norm": lambda f: f(TREE),
    "optax.Schedule.__call__": lambda f: library("optax").exponential_decay(0.1, 10, 0.5)(3),
    "optax.softmax_cross_entropy": lambda f: f(LOGITS, LOGITS),
    "optax.softmax_cross_entropy_with_integer_labels": lambda f: f(LOGITS, LABELS),
    "optax.sigmoid_binary_cross_entropy": lambda f: f(LOGITS, LOGITS),
    "optax.smooth_labels": lambda f: f(LOGITS, 0.1),
    **{
        f"optax.{name}": lambda f: f(X, X)
        for name in ("huber_loss", "l2_loss", "squared_error", "log_cosh", "cosine_similarity", "cosine_distance")
    },
    "optax.chain": lambda f: f(library("optax").adam(0.1)),
    "optax.add_decayed_weights": lambda f: f(0.1),
    "optax.adaptive_grad_clip": lambda f: f(0.1),
    "optax.add_noise": lambda f: f(0.1, 0.5, 0),
    "optax.clip": lambda f: f(0.1),
    "optax.clip_by_block_rms": lambda f: f(0.1),
    "optax.clip_by_global_norm": lambda f: f(0.1),
    "optax.ema": lambda f: f(0.1),
    "optax.scale": lambda f: f(0.1),
    "optax.scale_by_schedule": lambda f: f(lambda count: 0.1),
    "optax.scale_by_learning_rate": lambda f: f(0.1),
    "optax.trace": lambda f: f(0.9),
    "optax.noisy_sgd": lambda f: f(0.1),
    "optax.cosine_decay_schedule": lambda f: f(0.1, 10),
    "optax.cosine_onecycle_schedule": lambda f: f(10, 0.1),
    "optax.exponential_decay": lambda f: f(0.1, 10, 0.5),
    "optax.linear_onecycle_schedule": lambda f: f(10, 0.1),
    "optax.linear_schedule": lambda f: f(0.1, 0.2, 10),
    "optax.piecewise_constant_schedule": lambda f: f(0.1, {5: 0.5}),
    "optax.polynomial_schedule": lambda f: f(0.1, 0.2, 1, 10),
    "optax.warmup_cosine_decay_schedule": lambda f: f(0.1, 0.2, 2, 10),
    "optax.warmup_exponential_decay_schedule": lambda f: f(0.1, 0.2, 2, 10, 0.5),
}


def _ones_of_shape(shape: Any, dtype: Any) -> Any:
    return jnp.ones(shape, dtype)


def _default(row: Operation, function: Any) -> Any:
    """Activations take an array; optimisers take a learning rate, or nothing."""
    if isinstance(row.result, ArrayResult):
        return function(X)
    names = [p.name for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    return function(0.1) if names[:1] == ["learning_rate"] else function()


def _arrays(tree: Any) -> bool:
    return all(isinstance(leaf, jax.Array | np.ndarray) for leaf in jax.tree.leaves(tree))


def fits(result: Any, value: Any) -> bool:
    """Whether a value is what the row says of it."""
    match result:
        case ArrayResult(count=count):
            values = (value,) if count is None else value
            return len(values) == (count or 1) and all(isinstance(item, jax.Array) for item in values)
        case TreeResult() | StateResult():
            return _arrays(value)
        case LikeResult():
            numbers = [leaf for leaf in jax.tree.leaves(value) if isinstance(leaf, int | float)]
            return len(numbers) <= 1 and len(jax.tree.leaves(value)) - len(numbers) == len(jax.tree.leaves(TREE))
        case TupleResult(items):
            return len(value) == len(items) and all(map(fits, items, value))
        case ObjectResult(cls):
            return callable(value) if cls in NO_CLASS else isinstance(value, library(cls))
        case RecordResult(cls, arrays, trees, dicts):
            return (
                isinstance(value, library(cls))
                and all(isinstance(getattr(value, name), jax.Array) for name in arrays)
                and all(isinstance(getattr(value, name), dict) for name in dicts)
                and all(_arrays(getattr(value, name)) for name in trees)
            )
        case VaryingResult(options):
            return any(fits(option, value) for option in options)
        case RefResult():
            return isinstance(value.value, jax.Array)
        case KeyResult(batch=batch):
            shape = np.shape(jax.random.key_data(value)) if jnp.issubdtype(value.dtype, jax.dtypes.prng_key) else value.shape
            return len(shape) == (1 if batch is None else 2)
        case ArgumentResult():
            return isinstance(value, jax.Array)
        case HostResult(None):
            return value is None
        case HostResult(HostKind.BOOL) | InitialisingResult():
            return isinstance(value, bool)
        case UnknownResult():
            return True
    raise AssertionError(f"no check for {result}")


def _is_checked_here(row: Operation) -> bool:
    return not (is_layer(row) or row.path.startswith("chex.") or isinstance(row.result, UnknownResult))


@of(Operation, where=_is_checked_here)
def test_an_operation_gives_what_its_row_says(row: Operation) -> None:
    function = library(row.path) if row.path not in MADE_UP else library(row.path.partition(".")[0])
    recipe = OPERATIONS.get(row.path) or RECIPES.get(row.path)
    value = recipe(function) if recipe is not None else _default(row, function)
    assert fits(row.result, value), value


def test_each_new_key_is_another_one() -> None:
    hk = library("haiku")
    first, second = in_haiku(lambda: (hk.next_rng_key(), hk.next_rng_key()))
    assert not np.array_equal(first, second)
    rngs = library("flax.nnx").Rngs(0)
    assert rngs() != rngs()


@of(Operation, where=lambda row: isinstance(row.result, InitialisingResult))
def test_a_function_knows_whether_parameters_are_made(row: Operation) -> None:
    seen = []
    transformed = library("haiku").transform(lambda: seen.append(library(row.path)()))
    transformed.apply(transformed.init(None), None)
    assert seen == [True, False]
