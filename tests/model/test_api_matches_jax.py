"""The table of JAX's public names against the JAX that is installed, by import."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
import warnings
from types import ModuleType

import jax
import pytest

from jaxlint.model.jax_api import Api, State

API = Api.known()

RELEASE = API.versions.index(jax.__version__) if jax.__version__ in API.versions else None

pytestmark = pytest.mark.skipif(RELEASE is None, reason="the table ends before the JAX that is installed")

NEEDS_MORE = ("jax.experimental", "jax.collect_profile", "jax.test_util")
"""Modules that may want packages or devices that are not here: they are compared where they can be imported."""


def _imported(name: str) -> ModuleType | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except (ImportError, RuntimeError, AttributeError):
        assert name.startswith(NEEDS_MORE), name
        return None


def _state(module: ModuleType, name: str) -> State:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            getattr(module, name)
        except AttributeError:
            return State.GONE
    return State.DEPRECATED if any(issubclass(w.category, DeprecationWarning) for w in caught) else State.THERE


def _modules() -> list[str]:
    """The modules of which the table has the names."""
    return [] if RELEASE is None else [name for name in API.modules(RELEASE) if not API.is_open(name, RELEASE)]


@pytest.mark.parametrize("name", _modules())
def test_the_names_of_a_module(name: str) -> None:
    """Each name of any release is there, warns, or is gone, as the table says; and the module has no others."""
    module = _imported(name)
    if module is None:
        pytest.skip("wants a package or a device that is not here")
    every = {known for release in range(len(API.versions)) if API.has_module(name, release)
             for known in API.names(name, release)}
    submodules = {known for known in every if API.ever_had_module(f"{name}.{known}")}
    told = {known: API.state(name, known, RELEASE) for known in every - submodules}
    assert {known: _state(module, known) for known in told} == told
    own = {known for known in vars(module) if not known.startswith("_")}
    unknown = {known for known in own - set(API.names(name, RELEASE)) if not isinstance(vars(module)[known], ModuleType)}
    assert unknown == set()


def test_what_import_jax_loads() -> None:
    """In a process of its own, since other tests have loaded more."""
    code = "import jax, sys; print(*(name for name in sys.modules if name.startswith('jax')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    there = set(run.stdout.split())
    loaded = {name for name in API.modules(RELEASE) if API.is_loaded(name, RELEASE)}
    lazy = {name for name in loaded if name.startswith("jax.scipy.")}
    assert loaded - lazy <= there
    assert there & set(API.modules(RELEASE)) <= loaded
    for name in lazy:
        assert isinstance(eval(name, {"jax": jax}), ModuleType)


def test_the_parameters_of_functions() -> None:
    """Parameter for parameter, for the functions whose signature the table has."""
    wrong = {}
    for module in _modules():
        if not module.startswith(("jax.numpy", "jax.lax", "jax.nn", "jax.random", "jax.scipy", "jax.tree")):
            continue
        for name in API.names(module, RELEASE):
            told = API.parameters(f"{module}.{name}", RELEASE)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                function = getattr(importlib.import_module(module), name)
            if told is None or not callable(function):
                continue
            parameters = inspect.signature(function).parameters.values()
            real = [p.name for p in parameters]
            if [each.lstrip("*") for each in told if each not in ("/", "*")] != real:
                wrong[f"{module}.{name}"] = (told, real)
    assert wrong == {}
