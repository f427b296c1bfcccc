"""66 jit: what is static, what is traced, and what comes out."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from .arguments import ArgumentListeners
from .constants import ConstantListeners
from .mutable import MutableListeners
from .results import ResultListeners
from .retracing import RetracingListeners
from .signatures import SignatureListeners
from .varying import VaryingListeners
from .weak import WeakTypeListeners


class JitChecker(
    ArgumentListeners,
    SignatureListeners,
    ResultListeners,
    RetracingListeners,
    MutableListeners,
    ConstantListeners,
    VaryingListeners,
    WeakTypeListeners,
    JaxChecker,
):
    """66: what is static, what is traced, and what comes out."""

    rules: ClassVar[tuple[Rule, ...]] = (
        *ArgumentListeners.rules,
        *SignatureListeners.rules,
        *ResultListeners.rules,
        *RetracingListeners.rules,
        *MutableListeners.rules,
        *ConstantListeners.rules,
        *VaryingListeners.rules,
        *WeakTypeListeners.rules,
    )


__all__ = ["JitChecker"]
