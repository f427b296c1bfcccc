"""Inputs that are like what `--like` says: always the same ones, of several kinds, since a fix may hold for one alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np

from jaxlint.verify.expect import Key
from jaxlint.verify.own.like import KEY, ArrayLike

KINDS = ("normal", "in [0, 1)", "zero", "large")
"""What floats are. Integers, which often are places, are small and not negative."""

FAR = 100.0
"""How much larger the large ones are than the normal ones."""

INTEGERS = 10
"""Integers are below this."""


def drawn(value: Any, kind: str, seed: int = 0) -> Any:
    """An argument for what `--like` says of it: arrays as NumPy arrays, keys as `Key`, Python values as they are."""
    generator = np.random.default_rng(seed)
    return _drawn(value, kind, generator)


def _drawn(value: Any, kind: str, generator: np.random.Generator) -> Any:
    match value:
        case ArrayLike(dtype=dtype, shape=shape) if dtype == KEY:
            return Key(int(generator.integers(2**31)) if kind != "zero" else 0, shape)
        case ArrayLike():
            array = _array(value, kind, generator)
            return array.item() if value.weak else array
        case tuple() | list():
            return type(value)(_drawn(item, kind, generator) for item in value)
        case Mapping():
            return {name: _drawn(item, kind, generator) for name, item in value.items()}
        case _:
            return value


def _array(like: ArrayLike, kind: str, generator: np.random.Generator) -> Any:
    dtype = jnp.dtype(like.dtype)
    if kind == "zero":
        return np.zeros(like.shape, dtype)
    if dtype.kind == "b":
        return np.asarray(generator.random(like.shape) < 0.5)
    if jnp.issubdtype(dtype, np.integer):
        return generator.integers(0, INTEGERS, like.shape).astype(dtype)
    real = _reals(like.shape, kind, generator)
    if jnp.issubdtype(dtype, np.complexfloating):
        return np.asarray(real + 1j * _reals(like.shape, kind, generator)).astype(dtype)
    return np.asarray(real).astype(dtype)


def _reals(shape: Sequence[int], kind: str, generator: np.random.Generator) -> Any:
    match kind:
        case "in [0, 1)":
            return generator.random(shape)
        case "large":
            return FAR * generator.standard_normal(shape)
        case _:
            return generator.standard_normal(shape)
