"""68 api: NumPy's names are not all there, JAX's names move."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from . import arguments, names


class ApiChecker(names.NameListeners, arguments.ArgumentListeners, JaxChecker):
    """68: NumPy's names are not all there, JAX's names move."""

    name = "jax-api"
    rules: ClassVar[tuple[Rule, ...]] = (*names.RULES, *arguments.RULES)
