"""What Chex's assertions do with tracers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import pytest

from jaxlint.model.schema import Operation, Reads
from tests.model.frameworks.rows import library, of
from tests.model.frameworks.running import X


def _assertion(name: str) -> Callable[[Any], Any]:
    function = library(f"chex.{name}")
    matrix = jnp.ones((3, 3))
    special: dict[str, Callable[[Any], Any]] = {
        "assert_shape": lambda x: function(x, (3,)),
        "assert_rank": lambda x: function(x, 1),
        "assert_type": lambda x: function(x, float),
        "assert_size": lambda x: function(x, 3),
        "assert_axis_dimension": lambda x: function(x, 0, 3),
        "assert_axis_dimension_gt": lambda x: function(x, 0, 2),
        "assert_equal_shape_prefix": lambda x: function([x, x], 1),
        "assert_is_broadcastable": lambda x: function(x.shape, matrix.shape),
        "assert_tree_no_nones": function,
        "assert_tree_has_only_ndarrays": function,
        "assert_tree_all_finite": function,
        "assert_tree_shape_prefix": lambda x: function(x, (3,)),
        "assert_exactly_one_is_none": lambda x: function(x, None),
        "assert_not_both_none": lambda x: function(x, None),
        "assert_scalar": lambda x: function(x[0]),
        "assert_scalar_in": lambda x: function(x[0], 0, 2),
        "assert_scalar_negative": lambda x: function(-x[0]),
        "assert_scalar_non_negative": lambda x: function(x[0]),
        "assert_scalar_positive": lambda x: function(x[0]),
        **{f"assert_equal_{what}": lambda x: function([x, x]) for what in ("shape", "rank", "size")},
    }
    return special.get(name, lambda x: function(x, x))


@of(Operation, where=lambda row: row.path.startswith("chex."))
def test_an_assertion_meets_tracers_as_its_row_says(row: Operation) -> None:
    check = _assertion(row.path.rpartition(".")[2])

    def traced(x: Any) -> Any:
        check(x)
        return x

    if row.reads is Reads.NOTHING:
        jax.jit(traced)(X)
        jax.vmap(traced)(jnp.stack([X, X]))
        return
    with pytest.raises((RuntimeError, AssertionError)):
        jax.jit(traced)(X)
