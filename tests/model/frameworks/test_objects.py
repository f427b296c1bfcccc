"""What Optax's optimisers ask for, and whether their state changes."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np
import pytest

from jaxlint.model.schema import ObjectResult, Operation, Row
from tests.model.frameworks.rows import library, of
from tests.model.frameworks.running import X

PARAMS = {"w": X}


def _result(row: Row) -> ObjectResult | None:
    return row.result if isinstance(row, Operation) and isinstance(row.result, ObjectResult) else None


def _made(row: Operation) -> Any:
    try:
        return library(row.path)(0.1)
    except TypeError:
        return library(row.path)()


def _asks(row: Row) -> bool:
    result = _result(row)
    return result is not None and result.asks == "params"


def _changes(row: Row) -> bool:
    result = _result(row)
    return result is not None and result.changes


@of(Operation, where=_asks)
def test_an_optimiser_refuses_to_update_without_the_parameters(row: Operation) -> None:
    made = _made(row)
    with pytest.raises((ValueError, TypeError)):
        made.update(PARAMS, made.init(PARAMS))
    made.update(PARAMS, made.init(PARAMS), PARAMS)


@of(Operation, where=_changes)
def test_the_state_of_an_optimiser_changes(row: Operation) -> None:
    made = _made(row)
    state = made.init(PARAMS)
    _, after = made.update(PARAMS, state, PARAMS)
    pairs = zip(jax.tree.leaves(state), jax.tree.leaves(after), strict=True)
    assert not all(np.array_equal(old, new) for old, new in pairs)


def test_a_chain_asks_for_what_its_parts_ask_for() -> None:
    optax = library("optax")
    made = optax.chain(optax.clip(1.0), optax.adamw(0.1))
    with pytest.raises(ValueError, match="params"):
        made.update(PARAMS, made.init(PARAMS))
