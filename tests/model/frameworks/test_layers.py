"""Calling a layer gives one array."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from jaxlint.model import Model
from jaxlint.model.schema import ArrayResult, ClassKind, LibraryClass, Operation
from tests.model.frameworks.rows import is_layer, library, of
from tests.model.frameworks.running import X, in_haiku, in_linen

IMAGE = {1: jnp.ones((1, 4)), 2: jnp.ones((1, 4, 4)), 3: jnp.ones((1, 4, 4, 4))}


def _rank(name: str) -> int:
    return next((int(part) for part in name if part.isdigit()), 2)


def equinox_layer(name: str) -> tuple[Any, Any]:
    cls = library(f"equinox.nn.{name}")
    key = jax.random.key(0)
    if "Conv" in name:
        rank = _rank(name)
        first = (rank,) if name in ("Conv", "ConvTranspose") else ()
        return cls(*first, 1, 1, 2, key=key), IMAGE[rank]
    if "Pool" in name:
        return cls(2), IMAGE[_rank(name)]
    made: dict[str, tuple[Callable[[], Any], Any]] = {
        "Linear": (lambda: cls(3, 2, use_bias=False, key=key), X),
        "MLP": (lambda: cls(3, 2, 4, 1, key=key), X),
        "Embedding": (lambda: cls(3, 2, key=key), jnp.array(1)),
        "LayerNorm": (lambda: cls(3), X),
        "RMSNorm": (lambda: cls(3), X),
        "GroupNorm": (lambda: cls(1, 3), jnp.ones((3, 2))),
        "PReLU": (cls, X),
        "Identity": (cls, X),
        "Lambda": (lambda: cls(jnp.sin), X),
    }
    if name == "GRUCell":
        layer = cls(3, 2, key=key)
        return layer, (X, jnp.ones(2))
    make, argument = made[name]
    return make(), argument


def haiku_layer(name: str) -> Callable[[], Any]:
    cls = library(f"haiku.{name}")
    grid = {1: jnp.ones((1, 4, 1)), 2: jnp.ones((1, 4, 4, 1)), 3: jnp.ones((1, 4, 4, 4, 1))}
    match name:
        case "ConvND":
            return lambda: cls(2, 1, 2)(grid[2])
        case "DepthwiseConv2D" | "SeparableDepthwiseConv2D":
            return lambda: cls(1, 2)(grid[2])
        case _ if "Conv" in name:
            return lambda: cls(1, 2)(grid[_rank(name)])
        case "Embed":
            return lambda: cls(3, 2)(jnp.array([1]))
        case "LayerNorm":
            return lambda: cls(-1, True, True)(X)
        case "RMSNorm":
            return lambda: cls(-1)(X)
        case "GroupNorm":
            return lambda: cls(1)(grid[2])
        case "InstanceNorm":
            return lambda: cls(True, True)(grid[2])
        case "BatchNorm":
            return lambda: cls(True, True, 0.9)(grid[2], is_training=True)
        case "MultiHeadAttention":
            return lambda: cls(1, 2, w_init=library("haiku.initializers").Constant(1.0))(*[jnp.ones((2, 3))] * 3)
        case "AvgPool" | "MaxPool":
            return lambda: cls(2, 1, "SAME")(grid[2])
        case "Reshape":
            return lambda: cls((3, 1))(jnp.ones((2, 3)))
        case "Flatten":
            return lambda: cls()(grid[2])
        case "Bias":
            return lambda: cls()(jnp.ones((1, 3)))
    return lambda: cls(2)(X)


def linen_layer(name: str) -> Callable[[], Any]:
    cls = library(f"flax.linen.{name}")
    grid = jnp.ones((1, 4, 4, 2))
    match name:
        case "Conv" | "ConvTranspose" | "ConvLocal":
            return lambda: cls(2, (2, 2))(grid)
        case "Embed":
            return lambda: cls(3, 2)(jnp.array([1]))
        case "LayerNorm" | "RMSNorm" | "InstanceNorm" | "PReLU":
            return lambda: cls()(grid)
        case "GroupNorm":
            return lambda: cls(num_groups=1)(grid)
        case "BatchNorm":
            return lambda: cls(use_running_average=False)(grid)
        case "Einsum":
            return lambda: cls((3, 2), "a,ab->b")(X)
        case "MultiHeadDotProductAttention" | "SelfAttention" | "MultiHeadAttention":
            return lambda: cls(num_heads=1)(jnp.ones((1, 2, 3)))
        case "Dropout":
            return lambda: cls(0.5, deterministic=False)(X)
    return lambda: cls(2)(X)


def nnx_layer(name: str) -> tuple[Any, Any]:
    cls = library(f"flax.nnx.{name}")
    rngs = library("flax.nnx").Rngs(0)
    grid = jnp.ones((1, 4, 4, 2))
    match name:
        case "Einsum":
            return cls("a,ab->b", (3, 2), rngs=rngs), X
        case "Conv" | "ConvTranspose":
            return cls(2, 2, (2, 2), rngs=rngs), grid
        case "Embed":
            return cls(3, 2, rngs=rngs), jnp.array([1])
        case "GroupNorm":
            return cls(2, num_groups=1, rngs=rngs), grid
        case "BatchNorm" | "LayerNorm" | "RMSNorm":
            return cls(2, rngs=rngs), grid
        case "Dropout":
            return cls(0.5, rngs=rngs), X
    return cls(3, 2, rngs=rngs), X


def call_layer(path: str) -> Any:
    """What a layer of the framework gives, made and called; and the layer, where its attributes are arrays."""
    owner, _, name = path.rpartition(".")
    match owner:
        case "equinox.nn":
            layer, argument = equinox_layer(name)
            return layer, layer(*argument) if isinstance(argument, tuple) else layer(argument)
        case "haiku":
            return None, in_haiku(haiku_layer(name))
        case "flax.linen":
            return None, in_linen(lambda module: linen_layer(name)())
        case "flax.nnx":
            layer, argument = nnx_layer(name)
            return layer, layer(argument)
    raise AssertionError(path)


def parameters_of_haiku(path: str) -> Any:
    """The parameters that a layer of Haiku makes when it is called."""
    owner, _, name = path.rpartition(".")
    assert owner == "haiku"
    return library("haiku").transform(haiku_layer(name)).init(jax.random.key(0))


@of(Operation, where=is_layer)
def test_a_layer_gives_an_array(row: Operation) -> None:
    path = row.path.removesuffix(".__call__")
    layer, result = call_layer(path)
    assert isinstance(row.result, ArrayResult)
    assert row.result.held or not parameters_of_haiku(path)
    assert isinstance(result, jax.Array)
    cls = Model.standard().meaning(path)
    assert isinstance(cls, LibraryClass)
    for name in cls.arrays:
        value = getattr(layer, name)
        assert isinstance(value.value if cls.kind is ClassKind.STATE_BASE else value, jax.Array)
