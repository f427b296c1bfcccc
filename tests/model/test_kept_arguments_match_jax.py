"""Functions that may return their argument itself: under `jit` JAX gives back the concrete array."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import pytest

from jaxlint.model import Model
from jaxlint.model.array_api import ATTRIBUTES
from jaxlint.model.schema import ArrayResult, Operation

X = jnp.arange(6.0)
SO_ALREADY: dict[str, Callable[[], object]] = {
    "jax.numpy.asarray": lambda: jnp.asarray(X),
    "jax.numpy.astype": lambda: jnp.astype(X, X.dtype),
    "jax.numpy.broadcast_to": lambda: jnp.broadcast_to(X, X.shape),
    "jax.numpy.permute_dims": lambda: jnp.permute_dims(X, (0,)),
    "jax.numpy.reshape": lambda: jnp.reshape(X, (-1,)),
    "jax.numpy.transpose": lambda: jnp.transpose(X),
    "jax.lax.broadcast": lambda: jax.lax.broadcast(X, ()),
    "jax.lax.collapse": lambda: jax.lax.collapse(X, 0, 1),
    "jax.lax.convert_element_type": lambda: jax.lax.convert_element_type(X, X.dtype),
    "jax.lax.reshape": lambda: jax.lax.reshape(X, X.shape),
    "jax.lax.squeeze": lambda: jax.lax.squeeze(X, ()),
    "jax.lax.transpose": lambda: jax.lax.transpose(X, (0,)),
    "astype": lambda: X.astype(X.dtype),
    "reshape": lambda: X.reshape(6),
    "transpose": X.transpose,
    "view": lambda: X.view(X.dtype),
}


def test_the_rows_are_those_tried_here() -> None:
    rows = [row for row in Model.standard() if isinstance(row, Operation) and row.path.startswith("jax.")]
    functions = [row.path for row in rows if _keeps(row.result)]
    methods = [row.name for row in ATTRIBUTES.values() if _keeps(row.result)]
    assert sorted([*functions, *methods]) == sorted(SO_ALREADY)


def _keeps(result: object) -> bool:
    return isinstance(result, ArrayResult) and result.keeps


@pytest.mark.parametrize("name", SO_ALREADY)
def test_jax_returns_the_argument(name: str) -> None:
    seen: list[object] = []
    jax.jit(lambda: seen.append(SO_ALREADY[name]()))()
    assert seen[0] is X
