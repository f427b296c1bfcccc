"""68 api: NumPy's names are not all there, JAX's names move."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from . import arguments, classes, dtypes, imports, integers, names, process


class ApiChecker(
    names.NameListeners,
    imports.ImportListeners,
    arguments.ArgumentListeners,
    integers.IntegerListeners,
    classes.TypeListeners,
    dtypes.DtypeListeners,
    process.ProcessListeners,
    JaxChecker,
):
    """68: NumPy's names are not all there, JAX's names move."""

    name = "jax-api"
    rules: ClassVar[tuple[Rule, ...]] = (
        *names.RULES,
        *imports.RULES,
        *arguments.RULES,
        *integers.RULES,
        *classes.RULES,
        *dtypes.RULES,
        *process.RULES,
    )
