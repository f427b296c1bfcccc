"""From the inputs that a case states to the arguments that one side is called with."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any, Protocol

import jax
import jax.numpy as jnp
import numpy as np

from jaxlint.verify.expect import Host, Key, Made, Seed

SHRINK = 0.75
"""What floats are multiplied with for a second call: keeps sign, zero, order, symmetry and definiteness."""

KEY_STRIDE = 1000
"""How far apart the seeds of two draws lie, so that the keys of one draw (0, 1, …) are not those of the next."""


class Side(Protocol):
    """How inputs reach a side of the example."""

    def array(self, value: Any) -> Any:
        """A fresh array for a NumPy array of the case."""
        ...

    def key(self, seed: int) -> Any:
        """A source of randomness."""
        ...


class JaxSide:
    """bad.py and fixed.py: JAX arrays and typed keys."""

    def array(self, value: Any) -> Any:
        """A JAX array that shares no memory with `value`."""
        return jnp.array(np.array(value))

    def key(self, seed: int) -> Any:
        """A typed key."""
        return jax.random.key(seed)


class ReferenceSide:
    """reference.py: NumPy arrays and generators."""

    def array(self, value: Any) -> Any:
        """A copy of `value`."""
        return np.array(value)

    def key(self, seed: int) -> Any:
        """A NumPy generator."""
        return np.random.default_rng(seed)


def _is_numeric_array(value: Any) -> bool:
    return isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "biufc"


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
            case Key(seed):
                return side.key(seed)
            case Seed(seed):
                return seed
            case Host(array):
                return np.array(array)
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
        case Key(seed) | Seed(seed):
            return type(leaf)(seed + 1)
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
        return type(leaf)(leaf.seed + KEY_STRIDE * draw) if isinstance(leaf, (Key, Seed)) else leaf

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
