"""Leaves of library modules that are no arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import pytest

from jaxlint.model.schema import LibraryClass
from tests.model.frameworks.rows import library, of
from tests.model.frameworks.running import KEY

MADE: dict[str, Callable[[Any], Any]] = {
    "equinox.nn.MLP": lambda cls: cls(3, 3, 3, 1, key=KEY),
    "equinox.nn.Lambda": lambda cls: cls(jnp.sin),
}


@of(LibraryClass, where=lambda row: bool(row.opaque))
def test_an_opaque_attribute_is_a_leaf_that_is_no_array(row: LibraryClass) -> None:
    made = MADE.get(row.path, lambda cls: cls(2))(library(row.path))
    for name in row.opaque:
        held = getattr(made, name)
        assert not isinstance(held, jax.Array)
        found = jax.tree.leaves(made)
        assert any(leaf is held or getattr(leaf, "fn", leaf) is held or callable(leaf) for leaf in found)
    with pytest.raises(TypeError):
        jax.jit(lambda module: 0)(made)
