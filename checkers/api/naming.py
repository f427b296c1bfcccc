"""What is known of a public name: its module, what became of it, what was meant."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from jaxlint.model.api_before import LONG_GONE, MEANT, SUCCESSORS
from jaxlint.model.jax_api import Api, History, State

_HOMES = (
    "jax", "jax.numpy", "jax.lax", "jax.nn", "jax.random", "jax.tree", "jax.tree_util", "jax.scipy.special",
    "jax.numpy.linalg", "jax.scipy.linalg", "jax.image", "jax.debug", "jax.sharding", "jax.nn.initializers",
)  # fmt: skip
"""Where a name is looked for that another module was asked for, in this order."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that a release does not have. `history` when an earlier release had it."""

    history: History | None
    instead: str


def missing(api: Api, path: str, release: int) -> Missing | None:
    """What is wrong with reading a name; None when nothing is, or when the table cannot tell."""
    module, _, name = path.rpartition(".")
    long_gone = LONG_GONE.get(path)
    known = api.has_module(module, release) and not api.is_open(module, release)
    if name.startswith("_") or not known or api.has_module(path, release):
        return None
    if api.state(module, name, release) is not State.GONE:
        return None
    if long_gone is not None:
        return Missing(History(None, None, long_gone[0]), long_gone[1])
    if api.ever_had_module(path):
        removed = api.module_history(path, release).removed
        return None if removed is None else Missing(History(None, None, removed), successor(api, path))
    if not api.ever_had(module, name):
        return Missing(None, meant(api, module, name, release))
    history = api.history(module, name, release)
    return None if history.removed is None else Missing(history, successor(api, path))


def missing_module(api: Api, path: str, release: int) -> Missing | None:
    """What is wrong with importing a module; None when nothing is, or when the table cannot tell."""
    parts = path.split(".")
    for count in range(2, len(parts) + 1):
        name = ".".join(parts[:count])
        if api.has_module(name, release):
            continue
        if name in LONG_GONE:
            return Missing(History(None, None, LONG_GONE[name][0]), LONG_GONE[name][1])
        if not api.ever_had_module(name):
            return None
        removed = api.module_history(name, release).removed
        return None if removed is None else Missing(History(None, None, removed), successor(api, name))
    return None


def successor(api: Api, path: str) -> str:
    """What to use in the place of a name that went; empty where nobody says."""
    return SUCCESSORS.get(path) or api.instead(path)


def meant(api: Api, module: str, name: str, release: int) -> str:
    """What a name that never was may mean: the name in another module, or one like it; empty where neither is."""
    known = MEANT.get(f"{module}.{name}")
    if known is not None:
        return known
    for home in _HOMES:
        if home == module or not api.has_module(home, release):
            continue
        if api.state(home, name, release) is State.THERE or api.has_module(f"{home}.{name}", release):
            return f"{home}.{name}"
    near = get_close_matches(name, api.names(module, release), n=1, cutoff=0.8)
    return f"{module}.{near[0]}" if near else ""


def told(instead: str) -> str:
    """How a message says what to use."""
    return f": use {instead}" if instead else ""
