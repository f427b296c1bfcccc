"""62 random: keys are explicit, and used once."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from .making import KeyMaking
from .reuse import KeyReuse


class KeysChecker(KeyMaking, KeyReuse, JaxChecker):
    """62: random numbers and their keys."""

    rules: ClassVar[tuple[Rule, ...]] = (*KeyMaking.rules, *KeyReuse.rules)


__all__ = ["KeysChecker"]
