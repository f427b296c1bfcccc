"""Functions that run inside of a framework, and what they see there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from tests.model.frameworks.rows import library

X = jnp.linspace(0.5, 1.0, 3)
KEY = jax.random.PRNGKey(0)


def kind_of(value: Any) -> str:
    if not isinstance(value, jax.core.Tracer):
        return "array" if isinstance(value, jax.Array | np.ndarray) else "python"
    try:
        bool(jnp.sum(value) > 0)
    except jax.errors.ConcretizationTypeError:
        return "hidden"
    return "primal"


def in_haiku(body: Callable[[], Any]) -> Any:
    """What `body` returns where Haiku's modules and functions can be called; it runs twice, in `init` and in `apply`."""
    made = library("haiku").transform_with_state(body)
    params, state = made.init(KEY)
    return made.apply(params, state, KEY)[0]


def in_linen(body: Callable[[Any], Any]) -> Any:
    """What `body` returns when a linen module calls it with itself, in `init`."""
    nn = library("flax.linen")

    class Around(nn.Module):  # type: ignore[misc]
        @nn.compact
        def __call__(self) -> Any:
            return body(self)

    return Around().init_with_output({"params": KEY, "dropout": KEY, "noise": KEY})[0]
