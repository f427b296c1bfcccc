"""The way from a transformation to the code that runs inside of its trace, for messages."""

from __future__ import annotations

from jaxlint.trace.frame import Frame
from jaxlint.values import TraceEntry
from jaxlint.values.provenance import Location


def steps(frame: Frame, entry: TraceEntry) -> list[str]:
    """The trace, and the calls from there to the frame: "traced by jax.jit of step (line 12)", "clip called at line 30"."""
    module = frame.module_name
    calls: list[str] = []
    walk: Frame | None = frame
    while walk is not None and walk.caller is not None and walk.context.depth >= entry.depth:
        caller = walk.caller
        if caller.context.depth < entry.depth:
            break
        if walk.call_node is not None and walk.function is not None and walk.call_node is not walk.function.node:
            place = Location(caller.module_name, walk.call_node.lineno or 0)
            if place != entry.location:  # where a function is put under the transformation, nobody need call it
                calls.append(f"{walk.function.name} called at {place.seen_from(module)}")
        walk = caller
    return [f"traced by {entry.describe(module)}", *reversed(calls)]
