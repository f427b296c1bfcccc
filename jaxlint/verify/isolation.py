"""Examples that share a process do not see what another one did there to JAX, to Python's modules or to the environment."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

import jax


@contextlib.contextmanager
def isolated() -> Iterator[None]:
    """Starts with JAX's caches empty, so that no order of examples hides a compilation; undoes changes of settings after.

    What is loaded from installed packages stays, which is why it is fast.
    """
    settings, environment, modules = dict(jax.config.values), dict(os.environ), set(sys.modules)
    jax.clear_caches()
    try:
        yield
    finally:
        for name, value in settings.items():
            if jax.config.values[name] != value:
                jax.config.update(name, value)
        os.environ.clear()
        os.environ.update(environment)
        for name in sys.modules.keys() - modules:
            if name.startswith("jaxlint_example_"):
                del sys.modules[name]
