"""What methods ask of the framework's call around them, and what happens where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import pytest

from jaxlint.model.schema import Asks, Caller, Demand, LibraryClass, Operation
from tests.model.frameworks.rows import library, of
from tests.model.frameworks.running import KEY, X

ROW = jnp.ones((2, 3))

ASKING: dict[str, Callable[[Any], Any]] = {
    "flax.linen.BatchNorm.__call__": lambda m: library("flax.linen").BatchNorm()(ROW, use_running_average=False),
    "flax.linen.Dropout.__call__": lambda m: library("flax.linen").Dropout(0.5)(ROW, deterministic=False),
    "flax.linen.Module.put_variable": lambda m: m.put_variable("stats", "w", X),
    "flax.linen.Module.make_rng": lambda m: m.make_rng("params"),
}
QUIET: dict[str, Callable[[Any], Any]] = {
    "flax.linen.BatchNorm.__call__": lambda m: library("flax.linen").BatchNorm()(ROW, use_running_average=True),
    "flax.linen.Dropout.__call__": lambda m: library("flax.linen").Dropout(0.0)(ROW, deterministic=False),
}


def _module(body: Callable[[Any], Any]) -> Any:
    nn = library("flax.linen")

    class Around(nn.Module):  # type: ignore[misc]
        @nn.compact
        def __call__(self) -> Any:
            return body(self)

    return Around()


def _asks(row: Operation) -> Demand:
    (demand,) = row.demands
    return demand


@of(Operation, where=lambda row: bool(row.demands))
def test_a_call_raises_without_what_is_asked_for(row: Operation) -> None:
    errors = library("flax.errors")
    module = _module(ASKING[row.path])
    variables = module.init({"params": KEY, "dropout": KEY})
    name = {"flax.linen.Module.put_variable": "stats"}.get(row.path, _asks(row).name)
    if _asks(row).asks is Asks.WRITE:
        with pytest.raises(errors.ModifyScopeVariableError):
            module.apply(variables)
        module.apply(variables, mutable=[name])
    else:
        with pytest.raises(errors.InvalidRngError):
            module.apply(variables)
        module.apply(variables, rngs={name: KEY})


@of(Operation, where=lambda row: row.path in QUIET)
def test_a_flag_or_share_may_ask_for_nothing(row: Operation) -> None:
    module = _module(QUIET[row.path])
    module.apply(module.init({"params": KEY, "dropout": KEY}))


@of(Caller, where=lambda row: bool(row.serves_all))
def test_one_stream_serves_for_all(row: Caller) -> None:
    module = _module(lambda m: m.make_rng("noise"))
    getattr(module, row.name)({}, **{row.streams: {row.serves_all: KEY}})


@of(Caller, where=lambda row: bool(row.writable))
def test_variables_are_read_only_unless_they_are_named(row: Caller) -> None:
    def count(module: Any) -> None:
        module.variable("stats", "n", lambda: jnp.zeros(())).value = X

    module = _module(count)
    variables = module.init(KEY)
    with pytest.raises(library("flax.errors").ModifyScopeVariableError):
        getattr(module, row.name)(variables)
    getattr(module, row.name)(variables, **{row.writable: ["stats"]})


LINEN_ALONE: dict[str, Callable[[Any], Any]] = {
    "flax.linen.Module.param": lambda m: m.param("w", lambda key: X),
    "flax.linen.Module.variable": lambda m: m.variable("stats", "w", lambda: X),
    "flax.linen.Module.put_variable": lambda m: m.put_variable("stats", "w", X),
    "flax.linen.Module.make_rng": lambda m: m.make_rng("noise"),
}
CONSTRUCTED: dict[str, Callable[[Any], Any]] = {
    "ConvLocal": lambda cls: cls(3, 1),
    "Einsum": lambda cls: cls((3, 3), "ab,bc->ac"),
    "Embed": lambda cls: cls(3, 3),
    "Conv": lambda cls: cls(3, (1,)),
    "ConvTranspose": lambda cls: cls(3, (1,)),
    "Dropout": lambda cls: cls(0.5, deterministic=False),
    "BatchNorm": lambda cls: cls(use_running_average=True),
    **{name: lambda cls: cls(3) for name in ("Dense", "DenseGeneral")},
    **{
        name: lambda cls: cls(num_heads=1)
        for name in ("MultiHeadDotProductAttention", "SelfAttention", "MultiHeadAttention")
    },
}


@of(Operation, where=lambda row: row.within == "flax.linen.Module")
def test_a_module_of_linen_that_is_not_bound_raises(row: Operation) -> None:
    if row.path in LINEN_ALONE:
        called, given = LINEN_ALONE[row.path], _module(lambda m: None)
    else:
        cls = library(row.path.removesuffix(".__call__"))
        given = CONSTRUCTED.get(cls.__name__, lambda cls: cls())(cls)
        called = lambda layer: layer(ROW)  # noqa: E731
    with pytest.raises((library("flax.errors").FlaxError, ValueError, AssertionError)):
        called(given)


def test_what_setup_makes_is_missing_before_it_ran() -> None:
    nn = library("flax.linen")

    class Model(nn.Module):  # type: ignore[misc]
        def setup(self) -> None:
            self.layer = nn.Dense(3)

    with pytest.raises(AttributeError, match="setup"):
        _ = Model().layer


@of(LibraryClass, where=lambda row: row.within == "haiku.transform")
def test_a_module_of_haiku_is_made_inside_of_a_transformed_function(row: LibraryClass) -> None:
    hk = library("haiku")
    cls = library(row.path)
    if cls in (hk.Module, hk.RNNCore):
        cls = type("Sub", (cls,), {"__call__": lambda self, x, s: x, "initial_state": lambda self, n: n})
    make = MADE.get(row.path, lambda cls: cls())
    with pytest.raises(ValueError, match=r"hk\.transform"):
        make(cls)
    hk.transform(lambda: make(cls) is None).init(KEY)


@of(Operation, where=lambda row: row.within == "haiku.transform")
def test_a_function_of_haiku_raises_outside_of_a_transformed_function(row: Operation) -> None:
    function = library(row.path)
    given: dict[str, tuple[Any, ...]] = {
        "haiku.get_parameter": ("w", (3,), jnp.float32, jnp.ones),
        "haiku.get_state": ("w", (3,), jnp.float32, jnp.ones),
        "haiku.set_state": ("w", X),
        "haiku.next_rng_keys": (2,),
    }
    with pytest.raises(ValueError, match=r"hk\.transform"):
        function(*given.get(row.path, ()))


MADE: dict[str, Callable[[Any], Any]] = {
    **{f"haiku.{name}": lambda cls: cls(3) for name in ("Linear", "LSTM", "GRU", "VanillaRNN")},
    **{f"haiku.{name}": lambda cls: cls(3, 1) for name in ("Embed",)},
    **{
        f"haiku.Conv{n}D{kind}": lambda cls: cls(3, 1) for n in (1, 2, 3) for kind in ("", "Transpose")
    },
    "haiku.ConvND": lambda cls: cls(2, 3, 1),
    "haiku.LayerNorm": lambda cls: cls(-1, True, True),
    "haiku.RMSNorm": lambda cls: cls(-1),
    "haiku.GroupNorm": lambda cls: cls(1),
    "haiku.InstanceNorm": lambda cls: cls(True, True),
    "haiku.BatchNorm": lambda cls: cls(True, True, 0.9),
    "haiku.MultiHeadAttention": lambda cls: cls(1, 1, 1.0),
    "haiku.DepthwiseConv2D": lambda cls: cls(1, 1),
    "haiku.SeparableDepthwiseConv2D": lambda cls: cls(1, 1),
    "haiku.AvgPool": lambda cls: cls(1, 1, "SAME"),
    "haiku.MaxPool": lambda cls: cls(1, 1, "SAME"),
    "haiku.Reshape": lambda cls: cls((3,)),
    "haiku.Sequential": lambda cls: cls([jnp.sin]),
    "haiku.nets.MLP": lambda cls: cls([3]),
}
