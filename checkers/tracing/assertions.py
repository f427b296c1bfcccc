"""Assertions that libraries make about traced values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.frameworks.chex import CHEXIFY
from jaxlint.model.schema import HostResult, Reads
from jaxlint.rules import Finding, Rule, because, listens_to, source_of
from jaxlint.trace.observations import LibraryCall
from jaxlint.values.provenance import entries
from jaxlint.values.pytree import tracer_in

from .truth import TRACED_ASSERT


class Assertions:
    """64: functions that raise unless values are as they say."""

    rules: ClassVar[tuple[Rule, ...]] = ()

    @listens_to(LibraryCall)
    def asserted(self, call: LibraryCall) -> Iterator[Finding]:
        """A function that looks at values and returns nothing is given a tracer."""
        if call.operation.reads is not Reads.VALUES or call.operation.result != HostResult(None) or _is_deferred(call):
            return
        for value, place in zip(call.arguments.positional, call.arguments.nodes, strict=False):
            found = tracer_in(value)
            if found is not None:
                fills = {"what": f"`{call.path}`", "code": source_of(place), "instead": "chex.chexify around the function"}
                yield Finding(TRACED_ASSERT, call.node, fills, because(call, found))
                return


def _is_deferred(call: LibraryCall) -> bool:
    """Whether the assertions of this code are carried out after the computation."""
    return any(entry.transformation == CHEXIFY.path for entry in entries(call.frame.context.entry))


__all__ = ["Assertions"]
