"""Words that the messages of this family share."""

from __future__ import annotations

from jaxlint.trace.structure import Difference


def where(found: Difference) -> str:
    """The place inside of a pytree; nothing for the whole of it."""
    return f" at {found.path}" if found.path else ""
