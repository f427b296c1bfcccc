"""Names of JAX that are gone, going, or never were, by the table of its public names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from astroid import nodes

from jaxlint.model.jax_api import Api, State
from jaxlint.rules import AsksFacts, Finding, Rule, Severity, listens_to
from jaxlint.trace.guards import is_annotation, is_guarded
from jaxlint.trace.observations import ModuleImport, NameImport, NameRead, Observation

from .naming import Missing, missing, missing_module, successor, told

REMOVED = Rule(
    6801,
    "jax-removed-api",
    Severity.ERROR,
    "`{name}` is gone since JAX {removed}{instead}",
    explanation="""A name that the newest JAX in use does not have any more.

What it does
Reports imports and uses of public names of JAX that the newest release in the range of `jax-version` does not have.

Why
JAX deprecates a name for some months and then removes it: AttributeError or ImportError.

    jax.tree_map(f, params)                               # gone since 0.6.0
    from jax.experimental.maps import xmap                # gone since 0.4.31
    x = jax.ops.index_update(x, 0, 1.0)                   # gone since 0.3.2

Write instead
    jax.tree.map(f, params)
    from jax import shard_map
    x = x.at[0].set(1.0)

When it stays silent
Where the code is prepared: `try` with `except ImportError` or `AttributeError`, `hasattr`, `getattr`, a test of
`jax.__version__`. On private names, and modules whose names are not all known. The option `jax-version` holds the names
against another range: by default what the project's metadata asks for, else the newest release known.

References
https://docs.jax.dev/en/latest/changelog.html
https://docs.jax.dev/en/latest/api_compatibility.html
""",
)

DEPRECATED = Rule(
    6802,
    "jax-deprecated-api",
    Severity.WARNING,
    "`{name}` is deprecated since JAX {deprecated}{instead}",
    explanation="""A name that JAX is about to remove.

What it does
Reports imports and uses of public names for which the newest release in the range of `jax-version` gives a
DeprecationWarning.

Why
The name goes in one of the next releases, often within three months. Python does not show the warning where the code
is imported, so nobody sees it.

Write instead
What the message says: JAX's own warning names the successor.

When it stays silent
Where the code is prepared: `try` with `except ImportError` or `AttributeError`, `hasattr`, `getattr`, a test of
`jax.__version__`; in releases before the deprecation, by the option `jax-version`.

References
https://docs.jax.dev/en/latest/changelog.html
https://docs.jax.dev/en/latest/api_compatibility.html
""",
)

UNKNOWN_NAME = Rule(
    6803,
    "jax-unknown-api",
    Severity.ERROR,
    "there is no `{name}` in JAX{instead}",
    explanation="""A name that JAX never had.

What it does
Reports names of NumPy, SciPy or PyTorch that JAX does not have, names looked for in the wrong module of JAX, and
misspelt ones.

Why
AttributeError or ImportError: `jax.numpy` has most of NumPy's names, and not `random`; the transformations stand in
`jax`, the functions of `jax.lax`, `jax.nn` and `jax.random` in these.

    jnp.random.normal(size=(3,))
    jnp.vmap(f)
    jax.arange(3)

Write instead
    jax.random.normal(key, (3,))
    jax.vmap(f)
    jnp.arange(3)

When it stays silent
Where the code is prepared (`try`, `hasattr`, a test of the version), or sets the name itself; on private names, and on
modules whose names are not all known. On a name that is like no other, since a newer JAX than jaxlint knows may have it,
unless `jax-version` (or what the project asks for) rules such a JAX out.

References
https://docs.jax.dev/en/latest/jax.html
https://docs.jax.dev/en/latest/jax.numpy.html
""",
)

RULES = (REMOVED, DEPRECATED, UNKNOWN_NAME)


class NameListeners(AsksFacts):
    """The rules about names."""

    @listens_to(NameRead, NameImport)
    def read_or_imported(self, read: NameRead | NameImport) -> Iterator[Finding]:
        """`jax.name`, `from jax import name`."""
        release = self._release(read.path)
        found = None if release is None else _verdict(read.path, release)
        if found is None:
            return
        rule, fills = found
        if rule is UNKNOWN_NAME and not fills["instead"] and self.facts.allows_newer:
            return  # a name that is like no other may be one of a JAX to come
        if self._matters(read, read.path):
            yield Finding(rule, read.node, fills)

    @listens_to(ModuleImport)
    def module_imported(self, read: ModuleImport) -> Iterator[Finding]:
        """`import jax.name`, `from jax.name import …`."""
        release = self._release(read.path)
        found = None if release is None else missing_module(Api.known(), read.path, release)
        if found is not None and self._matters(read, read.path):
            rule, fills = _told(read.path, found)
            yield Finding(rule, read.node, fills)

    def _release(self, path: str) -> int | None:
        return self.facts.release if path.startswith("jax.") else None

    def _matters(self, read: Observation, path: str) -> bool:
        """Whether the code neither is prepared nor sets the name itself."""
        if is_guarded(read.node) or is_annotation(read.node) or _is_misnamed(read.node):
            return False
        name = path.rpartition(".")[2]
        sets = re.compile(rf"\.{re.escape(name)}\s*=[^=]|setattr\([^)]*[\"']{re.escape(name)}[\"']")
        return not self.facts.program.says(read.frame.module_name, sets)


def _is_misnamed(node: nodes.NodeNG) -> bool:
    """Whether a name is read of `jax` under the name of `jax.numpy`: what is wrong is the import, and told there."""
    match node:
        case nodes.Attribute(expr=nodes.Name(name="jnp" | "np" | "numpy" | "onp" as alias)):
            _, bound = node.expr.lookup(alias)
            return any(isinstance(each, nodes.Import) and ("jax", alias) in each.names for each in bound)
    return False


@cache
def _verdict(path: str, release: int) -> tuple[Rule, dict[str, str]] | None:
    """The rule that reading a name breaks, and what fills its message."""
    api, (module, _, name) = Api.known(), path.rpartition(".")
    if api.has_module(module, release) and api.state(module, name, release) is State.DEPRECATED:
        since = api.history(module, name, release).deprecated or ""
        return DEPRECATED, {"name": path, "deprecated": since, "instead": told(successor(api, path))}
    found = missing(api, path, release)
    return None if found is None else _told(path, found)


def _told(path: str, found: Missing) -> tuple[Rule, dict[str, str]]:
    history = found.history
    if history is None:
        return UNKNOWN_NAME, {"name": path, "instead": told(found.instead)}
    since = history.removed or ""
    if history.deprecated is not None:
        since = f"{since} (deprecated since {history.deprecated})"
    return REMOVED, {"name": path, "removed": since, "instead": told(found.instead)}
