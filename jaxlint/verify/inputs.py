"""From the inputs that a case states to the arguments that one side is called with."""

from __future__ import annotations

import copy
import inspect
import math
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any, Protocol

import jax
import jax.numpy as jnp
import numpy as np

from jaxlint.verify.expect import Devices, Host, Key, Made, Seed

SHRINK = 0.75
"""What floats are multiplied with for a second call: keeps sign, zero, order, symmetry and definiteness."""

KEY_STRIDE = 1000
"""How far apart the seeds of two draws lie, so that the keys of one draw (0, 1, …) are not those of the next."""


class Side(Protocol):
    """How inputs reach a side of the example."""

    def array(self, value: Any) -> Any:
        """A fresh array for a NumPy array of the case."""
        ...

    def key(self, seed: int, shape: tuple[int, ...]) -> Any:
        """A source of randomness, or an array of them."""
        ...

    def mesh(self, axis: str) -> Any:
        """A mesh of the devices that there are."""
        ...


class JaxSide:
    """bad.py and fixed.py: JAX arrays and typed keys."""

    def array(self, value: Any) -> Any:
        """A JAX array that shares no memory with `value`."""
        return jnp.array(np.array(value))

    def mesh(self, axis: str) -> Any:
        """A mesh of all devices along one axis."""
        return jax.sharding.Mesh(jax.devices(), (axis,))

    def key(self, seed: int, shape: tuple[int, ...]) -> Any:
        """A typed key, or an array of keys."""
        key = jax.random.key(seed)
        return jax.random.split(key, shape) if shape else key


class ReferenceSide:
    """reference.py: NumPy arrays and generators."""

    def array(self, value: Any) -> Any:
        """A copy of `value`."""
        return np.array(value)

    def mesh(self, axis: str) -> Any:
        """Nothing: it is for one device."""

    def key(self, seed: int, shape: tuple[int, ...]) -> Any:
        """A NumPy generator, or an array of generators."""
        generator = np.random.default_rng(seed)
        if not shape:
            return generator
        many = np.empty(math.prod(shape), object)
        many[:] = generator.spawn(many.size)
        return many.reshape(shape)


def _is_numeric_array(value: Any) -> bool:
    """Of a dtype that JAX has, too: NumPy does not know the kind of bfloat16."""
    if not isinstance(value, (np.ndarray, np.generic)):
        return False
    return bool(value.dtype == bool or jnp.issubdtype(value.dtype, np.number))


def _walk(change: Callable[[Any], Any], value: Any) -> Any:
    """`value` with each leaf of its tuples, lists and dicts changed."""
    match value:
        case tuple() if hasattr(value, "_fields"):
            return type(value)(*(_walk(change, item) for item in value))
        case tuple() | list():
            return type(value)(_walk(change, item) for item in value)
        case dict():
            return {name: _walk(change, item) for name, item in value.items()}
        case _:
            return change(value)


def arguments(args: tuple[Any, ...], side: Side, module: ModuleType) -> list[Any]:
    """Fresh arguments for a function of `module`."""

    def realise(leaf: Any) -> Any:
        match leaf:
            case Key(seed, shape):
                return side.key(seed, shape)
            case Seed(seed):
                return seed
            case Host(array):
                return np.array(array)
            case Devices(axis):
                return side.mesh(axis)
            case Made(make):
                return make(module)
            case _ if _is_numeric_array(leaf):
                return side.array(leaf)
            case _:
                return copy.deepcopy(leaf)

    return [_walk(realise, value) for value in args]


def _other_value(leaf: Any) -> Any:
    """Another value of the same shape and dtype: floats smaller, keys others, integers as they are."""
    match leaf:
        case Key(seed=seed) | Seed(seed=seed):
            return replace(leaf, seed=seed + 1)
        case Host(array):
            return Host(_other_value(np.asarray(array)))
        case float() | complex():
            return leaf * SHRINK
        case _ if _is_numeric_array(leaf) and leaf.dtype.kind in "fc":
            return (leaf * SHRINK).astype(leaf.dtype)
        case _:
            return leaf


def varied(args: tuple[Any, ...], function: Callable[..., Any], static: tuple[str, ...]) -> tuple[Any, ...]:
    """`args` with other values of the same shapes and dtypes; arguments at static parameters stay."""
    names = list(inspect.signature(function).parameters)
    held = {names.index(name) for name in static if name in names}
    return tuple(value if place in held else _walk(_other_value, value) for place, value in enumerate(args))


def redrawn(args: tuple[Any, ...], draw: int) -> tuple[Any, ...]:
    """`args` with the keys of the `draw`-th draw."""

    def other(leaf: Any) -> Any:
        return replace(leaf, seed=leaf.seed + KEY_STRIDE * draw) if isinstance(leaf, (Key, Seed)) else leaf

    return tuple(_walk(other, value) for value in args)


def has_key(args: tuple[Any, ...]) -> bool:
    """Whether there is a `Key` or a `Seed` among `args`."""
    keys: list[Key | Seed] = []

    def note(leaf: Any) -> Any:
        if isinstance(leaf, (Key, Seed)):
            keys.append(leaf)
        return leaf

    _walk(note, args)
    return bool(keys)
