"""Python's loops around a node, and what differs from step to step in them.

for x in batches:              # the loop around `float(loss)`; it binds x and loss
loss = step(x)
print(float(loss))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from astroid import nodes

from jaxlint.values import Answer, Tuple

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame

Loop: TypeAlias = nodes.For | nodes.While

_SCOPES = nodes.FunctionDef | nodes.Lambda | nodes.ClassDef | nodes.Module
_COMPREHENSIONS = nodes.ListComp | nodes.SetComp | nodes.DictComp | nodes.GeneratorExp


def loop_around(node: nodes.NodeNG) -> Loop | None:
    """The innermost loop statement in whose body a node stands, in the same function; None when there is none."""
    inner, outer = node, node.parent
    while outer is not None and not isinstance(outer, _SCOPES | _COMPREHENSIONS):
        if isinstance(outer, nodes.For | nodes.While) and inner in outer.body:
            return outer
        inner, outer = outer, outer.parent
    return None


def runs_each_step(node: nodes.NodeNG, loop: Loop) -> bool:
    """Whether a node of a loop's body runs in each of its steps: no branch is around it, and the loop goes on after it."""
    inner, outer = node, node.parent
    while outer is not None and outer is not loop:
        if isinstance(outer, nodes.If | nodes.IfExp | nodes.Try | nodes.Match | nodes.BoolOp):
            return False
        if any(isinstance(later, nodes.Break | nodes.Return | nodes.Raise) for later in _after(outer, inner)):
            return False
        inner, outer = outer, outer.parent
    return not any(isinstance(later, nodes.Break | nodes.Return | nodes.Raise) for later in _after(loop, inner))


def begins_anew(name: str, node: nodes.NodeNG, loop: Loop) -> bool:
    """Whether each step of a loop, before it comes to a node of its body, binds a name to what was not made of it."""
    for statement in loop.body:
        if statement.parent_of(node) or statement is node:
            return False
        match statement:
            case nodes.Assign(targets=[nodes.AssignName(name=bound)], value=value) if bound == name:
                if name not in names_in(value):
                    return True
    return False


def _after(block: nodes.NodeNG, inner: nodes.NodeNG) -> list[nodes.NodeNG]:
    body = getattr(block, "body", [])
    return list(body[body.index(inner) :]) if isinstance(body, list) and inner in body else []


def is_written_out(frame: Frame, loop: Loop) -> bool:
    """Whether a loop goes through a list or tuple that somebody wrote down item by item, and so in few steps."""
    match loop:
        case nodes.For(iter=nodes.Tuple() | nodes.List()):
            return True
        case nodes.For(iter=nodes.Name(name=name)):
            return isinstance(frame.lookup(name), Tuple)
    return False


def bound_in(loop: Loop) -> frozenset[str]:
    """The names that a loop binds, its target among them."""
    return frozenset(name.name for name in loop.nodes_of_class(nodes.AssignName))


def names_in(expression: nodes.NodeNG) -> frozenset[str]:
    """The names that an expression reads."""
    return frozenset(name.name for name in expression.nodes_of_class(nodes.Name))


def assigned_name(expression: nodes.NodeNG) -> str | None:
    """The name to which an assignment binds the whole value of an expression."""
    match expression.parent:
        case nodes.Assign(targets=[nodes.AssignName(name=name)]) | nodes.AnnAssign(target=nodes.AssignName(name=name)):
            return str(name)
    return None


def runs_eagerly(frame: Frame) -> bool:
    """Whether code surely runs outside of every trace."""
    return frame.context.tracing is Answer.NO
