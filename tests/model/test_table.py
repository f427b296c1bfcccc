"""The table: looking rows up by name."""

from __future__ import annotations

import pytest

from jaxlint.model import DuplicateRowError, Model
from jaxlint.model.families import ARRAY, operations
from jaxlint.model.schema import Effect, Operation
from jaxlint.model.table import MODULES


def test_a_row_is_found_by_path_and_alias() -> None:
    row = Operation("library.sin", ARRAY, aliases=("library.math.sin",))
    model = Model([row])
    assert model.meaning("library.sin") is row
    assert model.meaning("library.math.sin") is row
    assert model.canonical("library.math.sin") == "library.sin"


def test_an_unlisted_name_claims_nothing() -> None:
    model = Model([])
    assert model.meaning("library.sin") is None
    assert model.canonical("library.sin") == "library.sin"


def test_one_name_has_one_row() -> None:
    with pytest.raises(DuplicateRowError, match=r"library\.sin"):
        Model([Operation("library.sin"), Operation("library.cos", aliases=("library.sin",))])


def test_the_standard_model_has_the_rows_of_all_modules() -> None:
    model = Model.standard()
    assert list(model) == [row for module in MODULES for row in module.ROWS]
    assert len(model) == sum(len(module.ROWS) for module in MODULES)
    assert Model.standard() is model


def test_a_family_differs_in_names_only() -> None:
    like = Operation("library", ARRAY, effect=Effect.IO, pure=True, writes="a")
    sin, cos = operations(like, "sin cos", "x axis", static="axis", sized_by="size")
    assert sin == Operation(
        "library.sin",
        ARRAY,
        ("x", "axis"),
        static=("axis",),
        sized_by="size",
        effect=Effect.IO,
        pure=True,
        writes="a",
    )
    assert cos.path == "library.cos"
