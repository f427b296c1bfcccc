"""Imports: submodules that `import jax` does not load, and names for JAX that say something else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache

from astroid import nodes

from jaxlint.model.jax_api import Api
from jaxlint.model.libraries import WITHOUT_JAX
from jaxlint.rules import AsksFacts, Finding, Rule, Severity, listens_to
from jaxlint.trace.guards import is_annotation, is_guarded
from jaxlint.trace.observations import ModuleImport, NameRead

UNIMPORTED = Rule(
    6804,
    "jax-unimported-submodule",
    Severity.ERROR,
    "`{name}` is a module that `import jax` does not load: write `import {name}`",
    explanation="""A submodule of JAX that nothing imports.

What it does
Reports `jax.experimental.sparse`, `jax.scipy.optimize`, `jax.flatten_util`, `jax.extend` and their like, read as
attributes in a program that imports none of them.

Why
`import jax` loads some submodules and leaves others alone: AttributeError, "module 'jax' has no attribute". It works by
accident as long as another library imports the module first.

    import jax
    flat, unravel = jax.flatten_util.ravel_pytree(params)

Write instead
    import jax
    from jax.flatten_util import ravel_pytree
    flat, unravel = ravel_pytree(params)

When it stays silent
Where any module of the program imports the submodule, or one that loads it, or a library that may load it; on what
`import jax` loads itself (`jax.numpy`, `jax.scipy.special`, …) in the newest JAX in use.

References
https://docs.jax.dev/en/latest/jax.experimental.html
https://docs.python.org/3/reference/import.html#submodules
""",
)

MISLEADING_ALIAS = Rule(
    6805,
    "jax-misleading-alias",
    Severity.ERROR,
    "`import jax as {alias}` gives `{alias}` the functions of jax, not of jax.numpy: write `import jax.numpy as {alias}`",
    explanation="""`jax` under the name of `jax.numpy` or NumPy.

What it does
Reports `import jax as jnp`, `import jax as np` and `import jax as numpy`, where a name of `jax.numpy` is read of it
that `jax` does not have.

Why
`jnp` then is `jax`, which has no `sum` and no `zeros`: AttributeError at the first use.

    import jax as jnp
    x = jnp.zeros(3)

Write instead
    import jax.numpy as jnp

When it stays silent
On other names, and where only what `jax` has is read.

References
https://docs.jax.dev/en/latest/jax.numpy.html
""",
)

RULES = (UNIMPORTED, MISLEADING_ALIAS)

_OF_NUMPY = frozenset({"jnp", "np", "numpy", "onp"})


class ImportListeners(AsksFacts):
    """The rules about imports."""

    @listens_to(NameRead)
    def unimported(self, read: NameRead) -> Iterator[Finding]:
        """`jax.flatten_util`."""
        if not read.path.startswith("jax."):
            return
        release = self.facts.release
        if release is None or not _is_unloaded(read.path, release) or is_guarded(read.node) or is_annotation(read.node):
            return
        if not self._may_be_loaded(read):
            yield Finding(UNIMPORTED, read.node, {"name": read.path})

    @listens_to(ModuleImport)
    def misleading(self, read: ModuleImport) -> Iterator[Finding]:
        """`import jax as jnp`."""
        misnamed = read.path == "jax" and read.alias in _OF_NUMPY and not is_guarded(read.node)
        if misnamed and _reads_numpy(read, self.facts.release):
            yield Finding(MISLEADING_ALIAS, read.node, {"alias": str(read.alias)})

    def _may_be_loaded(self, read: NameRead) -> bool:
        """Whether some import of the program may load the module of JAX that is read."""
        api, program, path = Api.known(), self.facts.program, read.path
        for name in program.imports(read.frame.module_name):
            if name == path or name.startswith(f"{path}."):
                return True
            if path in api.loads(name) or path in api.loads(name.rpartition(".")[0]):
                return True
            top = name.partition(".")[0]
            if top and top not in _QUIET and not program.is_own(name):
                return True
        return False


_QUIET = frozenset(sys.stdlib_module_names) | WITHOUT_JAX | {"jax", "jaxlib"}
"""What can be imported without loading more of JAX than it asks for itself."""


@cache
def _is_unloaded(path: str, release: int) -> bool:
    api, module = Api.known(), path.rpartition(".")[0]
    if not api.has_module(path, release) or api.is_loaded(path, release) or not api.has_module(module, release):
        return False
    return path.rpartition(".")[2] not in api.names(module, release)


def _reads_numpy(read: ModuleImport, release: int | None) -> bool:
    """Whether the module reads a name of the alias that `jax` does not have and `jax.numpy` has."""
    if release is None:
        return False
    api = Api.known()
    ours, numpy = api.names("jax", release), api.names("jax.numpy", release)
    return any(
        node.attrname in numpy and node.attrname not in ours
        for node in read.node.root().nodes_of_class(nodes.Attribute)
        if isinstance(node.expr, nodes.Name) and node.expr.name == read.alias
    )
