"""64 tracing: Python cannot look at a traced value."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from . import conversions, operands, selection, truth


class TracingChecker(
    truth.TruthListeners,
    conversions.ConversionListeners,
    selection.SelectionListeners,
    operands.OperandListeners,
    JaxChecker,
):
    """64: Python cannot look at a traced value."""

    name = "jax-tracing"
    rules: ClassVar[tuple[Rule, ...]] = (*truth.RULES, *conversions.RULES, *selection.RULES, *operands.RULES)
