"""67 transforms: each transformation has a contract."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from .carries import CarryListeners
from .custom import CustomRuleListeners
from .gradients import GradientListeners
from .maps import MapListeners
from .references import ReferenceListeners
from .selecting import SelectingListeners
from .trees import TreeListeners
from .ways_back import WayBackListeners


class TransformsChecker(
    GradientListeners,
    MapListeners,
    CarryListeners,
    TreeListeners,
    WayBackListeners,
    CustomRuleListeners,
    ReferenceListeners,
    SelectingListeners,
    JaxChecker,
):
    """67: each transformation has a contract."""

    rules: ClassVar[tuple[Rule, ...]] = (
        *GradientListeners.rules,
        *MapListeners.rules,
        *CarryListeners.rules,
        *TreeListeners.rules,
        *WayBackListeners.rules,
        *CustomRuleListeners.rules,
        *ReferenceListeners.rules,
        *SelectingListeners.rules,
    )


__all__ = ["TransformsChecker"]
