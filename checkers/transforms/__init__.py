"""67 transforms: each transformation has a contract."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from .carries import CarryListeners
from .gradients import GradientListeners
from .maps import MapListeners
from .trees import TreeListeners


class TransformsChecker(GradientListeners, MapListeners, CarryListeners, TreeListeners, JaxChecker):
    """67: each transformation has a contract."""

    rules: ClassVar[tuple[Rule, ...]] = (
        *GradientListeners.rules,
        *MapListeners.rules,
        *CarryListeners.rules,
        *TreeListeners.rules,
    )


__all__ = ["TransformsChecker"]
