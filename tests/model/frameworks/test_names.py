"""The names in rows about frameworks are public, and so are the parameters."""

from __future__ import annotations

import inspect

import pytest

from jaxlint.model.schema import Loop, Operation, Row, Wrapper
from tests.model.frameworks.rows import MADE_UP, ROWS, library, of


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.path)
def test_the_name_is_public(row: Row) -> None:
    for path in (row.path, *row.aliases):
        if path not in MADE_UP:
            assert library(path) is not None


@of(Wrapper, Loop, Operation)
def test_the_parameters_are_those_of_the_signature(row: Wrapper | Loop | Operation) -> None:
    function = library(row.path) if row.path not in MADE_UP else None
    if not row.parameters or not inspect.isroutine(function):
        return  # a field of a named tuple is no function
    names = [name for name in inspect.signature(function).parameters if name != "self"]
    for position, name in enumerate(row.parameters):
        if name.startswith("*"):
            break
        assert names[position] == name
