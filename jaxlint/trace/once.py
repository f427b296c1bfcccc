"""Code that runs once, since it asks for what it sets itself.

    if not self.ready:                if self.ready:                    if self.table is None:
        self.table = make()               return                            self.build()     # which sets self.table
        self.ready = True             self.table = make()
                                      self.ready = True

The question is about the text of the functions through which the walk came.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from astroid import nodes

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame

_SCOPES = (nodes.FunctionDef, nodes.Lambda, nodes.ClassDef, nodes.Module)


def runs_once(node: nodes.NodeNG, written: str = "") -> bool:
    """Whether a node of a function stands behind a question for what the function sets, or for what is `written`."""
    for test, then in _questions(node):
        asked = {part.as_string() for part in test.nodes_of_class((nodes.Name, nodes.Attribute))}
        if written in asked or any(target.as_string() in asked for target in _targets(then)):
            return True
    return False


def is_called_once(frame: Frame, written: str) -> bool:
    """Whether one of the calls through which the walk came to a function stands behind such a question."""
    walk: Frame | None = frame
    while walk is not None:
        call, walk = walk.call_node, walk.caller
        if call is not None and walk is not None and runs_once(call, written):
            return True
    return False


def _questions(node: nodes.NodeNG) -> Iterator[tuple[nodes.NodeNG, list[nodes.NodeNG]]]:
    """The tests that a node stands behind in its function, each with the statements behind it."""
    inner, outer = node, node.parent
    while outer is not None and not isinstance(inner, _SCOPES):
        if isinstance(outer, nodes.If):
            block = outer.body if inner in outer.body else outer.orelse
            if inner in block:
                yield outer.test, block
        body = getattr(outer, "body", None)
        if isinstance(body, list) and inner in body:
            place = body.index(inner)
            for earlier in body[:place]:
                if isinstance(earlier, nodes.If) and isinstance(earlier.body[-1], nodes.Return) and not earlier.orelse:
                    yield earlier.test, body[place:]
        inner, outer = outer, outer.parent


def _targets(statements: list[nodes.NodeNG]) -> Iterator[nodes.NodeNG]:
    """What statements bind."""
    for statement in statements:
        yield from statement.nodes_of_class((nodes.AssignAttr, nodes.AssignName))
