"""Each distribution and bijector has the methods that the rows of its base class describe, and draws from its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from jaxlint.model.schema import LibraryClass
from tests.model.frameworks.rows import library, of

HALF = jnp.full(2, 0.5)
MATRIX = jnp.eye(2)

MADE: dict[str, Callable[[Any], Any]] = {
    "distrax.Bernoulli": lambda cls: cls(probs=HALF),
    "distrax.Beta": lambda cls: cls(HALF, HALF),
    "distrax.Categorical": lambda cls: cls(logits=HALF),
    "distrax.Dirichlet": lambda cls: cls(HALF),
    "distrax.EpsilonGreedy": lambda cls: cls(HALF, 0.5),
    "distrax.Greedy": lambda cls: cls(HALF),
    "distrax.Multinomial": lambda cls: cls(3, probs=HALF),
    "distrax.MultivariateNormalDiag": lambda cls: cls(HALF, HALF),
    "distrax.MultivariateNormalFullCovariance": lambda cls: cls(HALF, MATRIX),
    "distrax.MultivariateNormalTri": lambda cls: cls(HALF, MATRIX),
    "distrax.OneHotCategorical": lambda cls: cls(logits=HALF),
    "distrax.Softmax": lambda cls: cls(HALF),
    "distrax.Uniform": lambda cls: cls(0.0, HALF),
    "distrax.DiagLinear": lambda cls: cls(HALF),
    "distrax.GumbelCDF": lambda cls: cls(),
    "distrax.LowerUpperTriangularAffine": lambda cls: cls(MATRIX, HALF),
    "distrax.RationalQuadraticSpline": lambda cls: cls(jnp.ones(7), 0.0, 1.0),
    "distrax.ScalarAffine": lambda cls: cls(0.5),
    "distrax.Shift": lambda cls: cls(0.5),
    "distrax.Sigmoid": lambda cls: cls(),
    "distrax.Tanh": lambda cls: cls(),
    "distrax.TriangularLinear": lambda cls: cls(MATRIX),
    "distrax.UnconstrainedAffine": lambda cls: cls(MATRIX, HALF),
    "numpyro.distributions.LogUniform": lambda cls: cls(0.5, 1.0),
    "numpyro.distributions.Uniform": lambda cls: cls(0.0, 1.0),
    "numpyro.distributions.DiscreteUniform": lambda cls: cls(0, 3),
    "numpyro.distributions.BetaBinomial": lambda cls: cls(0.5, 0.5, 3),
    "numpyro.distributions.MultivariateNormal": lambda cls: cls(HALF, MATRIX),
}


def _by_constraints(cls: Any) -> Any:
    """A distribution of NumPyro's, from what it says of its parameters."""
    constraints = library("numpyro.distributions.constraints")
    vectors = (constraints.simplex, constraints.real_vector, constraints.independent(constraints.positive, 1))

    def value(kind: Any) -> Any:
        if kind is constraints.nonnegative_integer:
            return 3
        return HALF if any(kind is vector or kind == vector for vector in vectors) else 0.5

    return cls(**{name: value(kind) for name, kind in cls.arg_constraints.items()})


def _made(row: LibraryClass) -> Any:
    cls = library(row.path)
    if row.path in MADE:
        return MADE[row.path](cls)
    return _by_constraints(cls) if row.path.startswith("numpyro") else cls(HALF, HALF)


@of(LibraryClass, where=lambda row: row.base in ("numpyro.distributions.Distribution", "distrax.Distribution"))
def test_a_distribution_draws_from_its_key(row: LibraryClass) -> None:
    made = _made(row)
    name = "key" if row.path.startswith("numpyro") else "seed"

    def sample(key: Any) -> Any:
        return made.sample(**{name: key, "sample_shape": (20,)})

    first, second = sample(jax.random.key(0)), sample(jax.random.key(1))
    assert isinstance(first, jax.Array)
    if not row.path.endswith((".Greedy",)):
        assert not np.array_equal(first, second)
    assert isinstance(made.log_prob(first), jax.Array)
    with jax.debug_key_reuse(True):
        key = jax.random.key(0)
        sample(key)
        with pytest.raises(jax.errors.KeyReuseError):
            sample(key)


@of(LibraryClass, where=lambda row: row.base == "distrax.Bijector")
def test_a_bijector_maps_arrays(row: LibraryClass) -> None:
    made = _made(row)
    for result in (*made.forward_and_log_det(HALF), *made.inverse_and_log_det(HALF)):
        assert isinstance(result, jax.Array)


def test_a_number_serves_as_a_seed_for_distrax() -> None:
    assert isinstance(library("distrax").Normal(0.0, 1.0).sample(seed=3), jax.Array)
