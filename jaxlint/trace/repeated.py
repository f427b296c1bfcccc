"""Code that runs anew in each step of a Python loop, and the functions that it makes anew there.

for x in batches:
    step = jax.jit(lambda p: loss(p))      # a new function in each step, though it always does the same
    p = step(p)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import Wrapper
from jaxlint.trace.python_loops import Loop, bound_in, loop_around, names_in, runs_each_step
from jaxlint.trace.scope import free_names
from jaxlint.values import (
    Array,
    Bound,
    Class,
    Const,
    Dict,
    Function,
    Host,
    HostKind,
    Instance,
    List,
    NumPyArray,
    Partial,
    PytreeKind,
    Transformed,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame


@dataclass(frozen=True, slots=True)
class Repetition:
    """A stretch of code that runs once in each step of a loop.

    Attributes:
        loop: the loop.
        code: what runs in each step: the loop itself, or a function that its body calls.
        frame: the frame in which the code runs.
        own: the names that may hold something else in each step.
    """

    loop: Loop
    code: nodes.NodeNG
    frame: Frame
    own: frozenset[str]

    def makes(self, node: nodes.NodeNG) -> bool:
        """Whether a node stands in the code, so that what it makes is another object in each step."""
        return node is not self.code and self.code.parent_of(node)

    def fresh(self, expression: nodes.NodeNG, value: Value) -> bool:
        """Whether an expression surely gives a function that was made in this step."""
        match expression, value:
            case ((nodes.Lambda() | nodes.FunctionDef() | nodes.Name()), Function(node=made)) if self.makes(made):
                return True
            case nodes.Call(), Partial():
                return True
            case nodes.Call(), Transformed(transformation=Wrapper(caches=False, lifts=False)):
                return True
            case nodes.Attribute(), Bound(receiver=Instance(cls=Class(pytree=PytreeKind.LEAF)), function=Function()):
                return True
            case nodes.Name(name=name), (Partial() | Transformed()) if name in self.own:
                assigned = self._assigned(name)
                return assigned is not None and self.fresh(assigned, value)
        return False

    def always_alike(self, expression: nodes.NodeNG) -> bool:
        """Whether an expression gives a function that does the same in each step, or could be given what differs.

        What differs and is an array or a float can be passed as an argument; a size cannot, nor another function.
        """
        return all(self._alike(name, frozenset()) for name in _read_by(expression) & self.own)

    def _alike(self, name: str, seen: frozenset[str]) -> bool:
        value = self.frame.lookup(name)
        if isinstance(value, Function) and self.makes(value.node) and name not in seen:
            return all(self._alike(free, seen | {name}) for free in _read_by(value.node) & self.own)
        return _is_data(value) or self._is_receiver(name)

    def _is_receiver(self, name: str) -> bool:
        """Whether a name is `self` of a method that the loop calls on one object."""
        arguments, call = getattr(self.code, "args", None), self.frame.call_node
        if not isinstance(arguments, nodes.Arguments) or not isinstance(call, nodes.Call):
            return False
        first = [argument.name for argument in (*arguments.posonlyargs, *(arguments.args or ()))][:1]
        owner = self.frame.owner
        if first != [name] or owner is None or not isinstance(call.func, nodes.Attribute):
            return False
        return not names_in(call.func.expr) & bound_in(self.loop)

    def _assigned(self, name: str) -> nodes.NodeNG | None:
        """What the code binds to a name, if it does so at one place."""
        places = [place for place in self.code.nodes_of_class(nodes.AssignName) if place.name == name]
        if len(places) == 1 and isinstance(places[0].parent, nodes.Assign):
            return places[0].parent.value
        return None


def repetition_of(frame: Frame, node: nodes.NodeNG) -> Repetition | None:
    """The repetition in which a node of a frame surely runs in each step; None when there is none."""
    loop = loop_around(node)
    if loop is not None:
        return Repetition(loop, loop, frame, bound_in(loop)) if runs_each_step(node, loop) else None
    function, call, caller = frame.function, frame.call_node, frame.caller
    if function is None or call is None or caller is None or not _runs_each_time(node, function):
        return None
    loop = loop_around(call)
    if loop is None or not runs_each_step(call, loop) or not _scope_is(caller, call):
        return None
    return Repetition(loop, function.node, frame, frozenset(frame.local_names))


def _scope_is(frame: Frame, node: nodes.NodeNG) -> bool:
    """Whether a node stands in the body that a frame walks, and in no function inside of it."""
    walked = frame.function.node if frame.function is not None else node.root()
    return node.scope() is walked


def frame_of(frame: Frame, node: nodes.NodeNG) -> Frame | None:
    """The frame, among the callers of one, that walks the body in which a node stands."""
    place: Frame | None = frame
    while place is not None and not _scope_is(place, node):
        place = place.caller
    return place


def _runs_each_time(node: nodes.NodeNG, function: Function) -> bool:
    """Whether a node runs whenever its function is called, as far as branches and results that are kept go."""
    if function.cached or getattr(function.node, "decorators", None) is not None:
        return False
    outer = node.parent
    while outer is not None and outer is not function.node:
        if isinstance(outer, nodes.If | nodes.IfExp | nodes.Try | nodes.Match | nodes.BoolOp | nodes.Lambda):
            return False
        outer = outer.parent
    leaving = function.node.nodes_of_class((nodes.Return, nodes.Raise), skip_klass=(nodes.FunctionDef, nodes.Lambda))
    return outer is not None and all(end.lineno >= node.lineno for end in leaving)


def _read_by(expression: nodes.NodeNG) -> frozenset[str]:
    """The names on which the function depends that an expression makes."""
    if isinstance(expression, nodes.Lambda | nodes.FunctionDef):
        return frozenset(free_names(expression))
    inner = list(expression.nodes_of_class(nodes.Lambda))
    bound = frozenset(name for lam in inner for name in lam.locals)
    return names_in(expression) - bound


def _is_data(value: Value) -> bool:
    """Whether a value can be an argument of a compiled function, and hardly a size or a flag."""
    match value:
        case Array() | NumPyArray() | Host(HostKind.FLOAT) | Const(float()):
            return True
        case Tuple(items) | List(items=tuple(items)):
            return all(map(_is_data, items))
        case Dict(items):
            return all(_is_data(item) for _, item in items)
    return False


__all__ = ["Repetition", "frame_of", "repetition_of"]
