"""67 transforms: each transformation has a contract with its functions."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from .branches import BranchListeners
from .carries import CarryListeners
from .gradients import GradientListeners
from .maps import MapListeners


class TransformsChecker(GradientListeners, MapListeners, BranchListeners, CarryListeners, JaxChecker):
    """67: each transformation has a contract with its functions."""

    rules: ClassVar[tuple[Rule, ...]] = (
        *GradientListeners.rules,
        *MapListeners.rules,
        *BranchListeners.rules,
        *CarryListeners.rules,
    )


__all__ = ["TransformsChecker"]
