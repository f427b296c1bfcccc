"""64 tracing: Python cannot look at a traced value."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from . import assertions, conversions, operands, selection, truth


class TracingChecker(
    truth.TruthListeners,
    assertions.Assertions,
    conversions.ConversionListeners,
    selection.SelectionListeners,
    operands.OperandListeners,
    JaxChecker,
):
    """64: Python cannot look at a traced value."""

    name = "jax-tracing"
    rules: ClassVar[tuple[Rule, ...]] = (*truth.RULES, *conversions.RULES, *selection.RULES, *operands.RULES)
