"""Code that only works inside of a framework's call, met where surely none is around it.

hk.transform(lambda x: hk.Linear(3)(x)).apply(params, rng, x)     # inside
hk.Linear(3)                                                      # outside: raises
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.trace.observations import OutsideFramework

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer
    from jaxlint.values import Value


def needs(
    t: Tracer, frame: Frame, node: nodes.NodeNG, within: str, name: str, target: Value | None = None
) -> None:
    """The code at `node` needs a framework's call around it; observed where there is none."""
    if not within or frame.context.held is not None or not _is_rooted(frame):
        return
    around = t.external_meaning(within)
    if around is not None:
        t.observe(OutsideFramework(node, frame, around, name, target))


def _is_rooted(frame: Frame) -> bool:
    """Whether all that called is in view, from the body of a module on (or from what a test runner calls)."""
    while frame.caller is not None:
        frame = frame.caller
    return frame.traces == 0 and frame.context.axes is not None
