"""The rows about frameworks, and what they name in what is installed.

`pip install "pylint-jaxlint[frameworks,more-frameworks]"` has all the frameworks.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from jaxlint.model.frameworks import LIBRARIES
from jaxlint.model.schema import Operation, Row

ROWS = [row for module in LIBRARIES for row in module.ROWS]


def of(*kinds: type[Row], where: Callable[[Any], bool] = lambda row: True) -> Any:
    """A test for each row of these kinds for which `where` is true."""
    rows = [row for row in ROWS if isinstance(row, kinds) and where(row)]
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.path)


def library(path: str) -> Any:
    """What a public dotted name is in the installed library; the test is skipped where that is not."""
    top = path.partition(".")[0]
    found: Any = pytest.importorskip(top, reason=f"the rows about {top} are tested where {top} is installed")
    parts = path.split(".")[1:]
    for index, part in enumerate(parts):
        if not hasattr(found, part) and inspect.ismodule(found):
            importlib.import_module(".".join([top, *parts[: index + 1]]))
        found = getattr(found, part)
    return found


MADE_UP = {
    "optax.Schedule.__call__": "what Optax's schedules return is a function, which has no class",
    "flax.nnx.Rngs.params": "any name",
    "flax.nnx.Rngs.dropout": "any name",
    "flax.nnx.Rngs.default": "any name",
}
"""Paths of rows that are no attribute of the library, and why."""

_LAYERS_STAND_IN = ("equinox.nn.", "haiku.", "flax.linen.", "flax.nnx.")


def is_layer(row: Row) -> bool:
    """Whether a row says what calling a layer gives."""
    return (
        isinstance(row, Operation)
        and row.path.startswith(_LAYERS_STAND_IN)
        and row.path.endswith(".__call__")
        and row.path != "flax.nnx.Rngs.__call__"
    )
