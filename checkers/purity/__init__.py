"""63 purity: a traced function runs once, then never again."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from . import caching, effects, printing, state


class PurityChecker(
    printing.PrintingListeners,
    effects.EffectListeners,
    state.StateListeners,
    caching.CachingListeners,
    JaxChecker,
):
    """63: a traced function runs once, then never again."""

    name = "jax-purity"
    rules: ClassVar[tuple[Rule, ...]] = (*printing.RULES, *effects.RULES, *state.RULES, *caching.RULES)
