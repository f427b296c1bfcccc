"""What counts as equal."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from jaxlint.verify.expect import Close
from jaxlint.verify.match import MOST_NUMBERS, distribution_mismatch, mismatch


@pytest.mark.parametrize(
    ("ours", "reference"),
    [
        (jnp.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-7])),
        (jnp.array([jnp.nan, jnp.inf]), np.array([np.nan, np.inf])),
        (jnp.array([1, 2], jnp.int32), np.array([1, 2], np.int64)),
        (jnp.array([1, 2], jnp.uint8), np.array([1, 2])),
        (jnp.array(1.0), 1.0),
        (jnp.array(True), True),
        ({"a": (jnp.zeros(2), None)}, {"a": (np.zeros(2), None)}),
        (jnp.array([1 + 2j]), np.array([1 + 2j])),
        (jnp.array([0.1], jnp.bfloat16), np.array([0.1])),
        (0.1 + 1e-9, 0.1),
        ("text", "text"),
    ],
)
def test_equal(ours: Any, reference: Any) -> None:
    assert mismatch(ours, reference, Close()) is None


@pytest.mark.parametrize(
    ("ours", "reference", "reason"),
    [
        (jnp.array([1.0, 2.0]), np.array([1.0, 2.001]), "at (1,)"),
        (jnp.array([1.0]), np.array([np.nan]), "nan"),
        (jnp.array([1, 2]), np.array([1, 3]), "the reference has 3"),
        (jnp.array([1.0]), np.array([1]), "dtype float32"),
        (jnp.array([True]), np.array([1]), "dtype bool"),
        (jnp.zeros((1, 2)), np.zeros(2), "shape (1, 2)"),
        ({"a": jnp.zeros(2)}, {"b": np.zeros(2)}, "['b']"),
        ((jnp.zeros(2),), (np.zeros(2), np.zeros(2)), "[1]"),
        (None, np.zeros(2), "None is not"),
        ("text", "other", "'text' is not 'other'"),
        (jax.random.key(0), np.zeros(2), "is not"),
    ],
)
def test_unequal(ours: Any, reference: Any, reason: str) -> None:
    assert reason in str(mismatch(ours, reference, Close()))


def test_a_tolerance_replaces_that_of_the_dtype() -> None:
    assert mismatch(jnp.array(1.0), 1.05, Close(rtol=0.1)) is None
    assert mismatch(jnp.array(1.0), np.float64(1.0 + 1e-6), Close(rtol=0.0, atol=0.0)) is not None


def generator(draw: int) -> np.random.Generator:
    return np.random.default_rng([1, draw])


def normals(draw: int) -> Any:
    return np.random.default_rng([2, draw]).normal(size=3)


def test_two_samplers_of_one_distribution_agree() -> None:
    assert distribution_mismatch(lambda draw: jnp.asarray(generator(draw).normal(size=3)), normals, 1000) is None


@pytest.mark.parametrize(
    ("sampler", "reason"),
    [
        (lambda draw: 0.5 + generator(draw).normal(size=3), "mean"),
        (lambda draw: 1.5 * generator(draw).normal(size=3), "second moment"),
        (lambda draw: np.repeat(generator(draw).normal(), 3), "second moment"),
        (lambda draw: generator(0).normal(size=3), "all keys give the same draw"),
        (lambda draw: np.random.default_rng().normal(size=3), "the same key gives two different draws"),
        (lambda draw: generator(draw).normal(size=2), "shapes"),
    ],
    ids=["moved", "scaled", "correlated", "constant", "without a key", "another shape"],
)
def test_samplers_of_another_distribution_are_told_apart(sampler: Any, reason: str) -> None:
    assert reason in str(distribution_mismatch(sampler, normals, 1000))


def test_a_result_too_large_to_compare_is_an_error() -> None:
    def many(draw: int) -> Any:
        return generator(draw).normal(size=MOST_NUMBERS + 1)

    with pytest.raises(ValueError, match="at most"):
        distribution_mismatch(many, many, 10)
