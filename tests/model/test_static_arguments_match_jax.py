"""What the rows say of static arguments, held against JAX: must they be hashable, and are wrong numbers refused at once."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import pytest

from jaxlint.model.schema import Selects, Wrapper
from jaxlint.model.transformations import WRAPPERS

ROWS = [row for row in WRAPPERS if row.selects is Selects.NOT_STATIC]


def _path(row: Wrapper) -> str:
    return row.path


def _wrapped(row: Wrapper, number: int) -> Callable[..., Any]:
    module, _, name = row.path.rpartition(".")
    option = "static_broadcasted_argnums" if name == "pmap" else "static_argnums"
    wrapper = getattr(importlib.import_module(module), name)

    def scaled(x: Any, factors: Any) -> Any:
        return x * factors[0]

    result: Callable[..., Any] = wrapper(scaled, **{option: number})
    return result


@pytest.mark.parametrize("row", ROWS, ids=_path)
def test_a_static_list_is_refused_as_the_row_says(row: Wrapper) -> None:
    call = _wrapped(row, 1)
    if row.hashes:
        with pytest.raises(ValueError, match="Non-hashable static arguments"):
            call(jnp.ones((1, 3)), [2.0])
    else:
        call(jnp.ones((1, 3)), [2.0])


@pytest.mark.parametrize("row", ROWS, ids=_path)
def test_a_number_too_large_is_refused_at_once_as_the_row_says(row: Wrapper) -> None:
    if row.validates:
        with pytest.raises(ValueError, match="static_argnums"):
            _wrapped(row, 5)
    else:
        _wrapped(row, 5)
