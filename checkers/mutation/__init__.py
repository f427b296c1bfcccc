"""61 mutation: JAX arrays are immutable."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from .discarded import DiscardedUpdates
from .donation import Donation
from .sharing import Sharing
from .writes import Writes


class MutationChecker(Writes, DiscardedUpdates, Sharing, Donation, JaxChecker):
    """61: what NumPy programs do in place, and JAX cannot."""

    rules: ClassVar[tuple[Rule, ...]] = (*Writes.rules, *DiscardedUpdates.rules, *Sharing.rules, *Donation.rules)


__all__ = ["MutationChecker"]
