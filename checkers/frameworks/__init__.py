"""70 frameworks: the libraries' own contracts."""

from __future__ import annotations

from typing import ClassVar

from jaxlint.rules import JaxChecker, Rule

from .equinox import Equinox
from .fields import StaticFields
from .haiku import Haiku
from .linen import Linen
from .nnx import Nnx
from .optimisers import Optimisers
from .streams import Streams


class FrameworksChecker(Linen, Haiku, Equinox, Nnx, Optimisers, StaticFields, Streams, JaxChecker):
    """70: contracts of the libraries built on JAX."""

    rules: ClassVar[tuple[Rule, ...]] = (
        *Linen.rules,
        *Haiku.rules,
        *Equinox.rules,
        *Nnx.rules,
        *Optimisers.rules,
        *StaticFields.rules,
        *Streams.rules,
    )


__all__ = ["FrameworksChecker"]
