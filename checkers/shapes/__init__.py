"""65 shapes: shapes are known while JAX traces, and values are not."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from .indices import IndexListeners
from .sizes import SizeListeners


class ShapesChecker(SizeListeners, IndexListeners, JaxChecker):
    """65: shapes are known while JAX traces."""

    rules: ClassVar[tuple[Rule, ...]] = (*SizeListeners.rules, *IndexListeners.rules)


__all__ = ["ShapesChecker"]
