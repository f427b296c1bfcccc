"""The rows about arguments against the JAX that is installed: lists where arrays are wanted, and keywords refused."""

from __future__ import annotations

import importlib
import inspect
import re

import jax.numpy as jnp
import numpy as np
import pytest

from jaxlint.model.jax_refused import ANY, REFUSED, UFUNCS
from jaxlint.model.jax_sequences import SEQUENCES_OF_ARRAYS, array_positions


def _function(path: str):
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def _arity(function, at_least: int) -> int:
    if isinstance(function, jnp.ufunc):
        return function.nin
    plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty and p.kind in plain]
    return max(at_least, len(needed))


@pytest.mark.parametrize("path", sorted(array_positions()))
def test_a_list_is_refused(path: str) -> None:
    function = _function(path)
    for position in array_positions()[path]:
        arguments = [jnp.ones(2)] * _arity(function, position + 1)
        arguments[position] = [1.0, 2.0]
        with pytest.raises(TypeError, match=re.compile("ndarray or scalar|list|ArrayLike|not a valid JAX|jax.Array")):
            function(*arguments)


@pytest.mark.parametrize("path", sorted(SEQUENCES_OF_ARRAYS))
def test_the_items_of_a_sequence_are_arrays(path: str) -> None:
    _function(path)([jnp.ones(2), jnp.ones(2)])
    with pytest.raises(TypeError):
        _function(path)([jnp.ones(2), [1.0, 2.0]])


ARGUMENTS = {
    "jax.numpy.reshape": (jnp.ones(2), (2,)),
    "jax.Array.reshape": ((2,),),
    "jax.numpy.take": (jnp.ones(2), 0),
    "jax.numpy.quantile": (jnp.ones(2), 0.5),
    "jax.numpy.nanquantile": (jnp.ones(2), 0.5),
    "jax.numpy.percentile": (jnp.ones(2), 50.0),
    "jax.numpy.nanpercentile": (jnp.ones(2), 50.0),
}


@pytest.mark.parametrize("path", sorted(REFUSED))
def test_a_keyword_is_refused(path: str) -> None:
    if path.startswith("jax.Array."):
        function, arguments = getattr(jnp.ones(2), path.rpartition(".")[2]), ARGUMENTS.get(path, ())
    else:
        function = _function(path)
        arguments = ARGUMENTS.get(path, (jnp.array([1, 2]),) * _arity(function, 1))
    function(*arguments)
    for keyword, values in REFUSED[path].items():
        for value in values or ("stable",):
            given = np.array([True, False]) if keyword == "where" else value
            with pytest.raises((TypeError, NotImplementedError, ValueError)):
                function(*arguments, **{keyword: given})
        if values is ANY:
            function(*arguments, **{keyword: None})


def test_the_ufuncs() -> None:
    names = {f"jax.numpy.{name}" for name in dir(jnp) if isinstance(getattr(jnp, name), jnp.ufunc)}
    assert names == set(UFUNCS)
    for path in names:
        function = _function(path)
        with pytest.raises(TypeError, match="unexpected keyword"):
            function(*[jnp.array([1, 2])] * function.nin, casting="unsafe")

