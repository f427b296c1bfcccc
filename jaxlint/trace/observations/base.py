"""What all observations have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame


@immutable(frozen=True, slots=True)
class Observation:
    """Something seen at a node, while walking a frame."""

    node: nodes.NodeNG
    frame: Frame
