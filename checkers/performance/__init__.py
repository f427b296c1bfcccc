"""69 performance: it works, and it crawls."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from .growth import Growth
from .steps import Steps
from .timing import Timing
from .unrolling import Unrolling
from .waiting import Waiting


class PerformanceChecker(Timing, Steps, Unrolling, Growth, Waiting, JaxChecker):
    """69: what works, and is slow."""

    rules: ClassVar[tuple[Rule, ...]] = (
        *Timing.rules,
        *Steps.rules,
        *Unrolling.rules,
        *Growth.rules,
        *Waiting.rules,
    )


__all__ = ["PerformanceChecker"]
