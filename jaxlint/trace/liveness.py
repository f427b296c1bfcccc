"""Liveness: whether anything looks at an object again after it was changed in place.

    @jax.jit
    def step(params, x):
        params["w"] = params["w"] - x      # nothing looks at params again: the change is lost with the copy
        return jnp.sum(x)

The question is asked by names, from the function that changes the object up through its callers to the function that
was traced. Where a name cannot be followed, the answer is that the object may be used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.scope import keyword_of

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame

_ALIASING = (
    nodes.Assign, nodes.AnnAssign, nodes.NamedExpr, nodes.Tuple, nodes.List, nodes.Dict, nodes.IfExp, nodes.Starred,
)  # fmt: skip


def is_used_after(frame: Frame, node: nodes.NodeNG, place: nodes.NodeNG) -> bool:
    """Whether the object held at `place`, an argument of the traced function, may be used after `node` changed it."""
    part = _part(node, place)
    while True:
        function = frame.function
        root = _root(place)
        if function is None or root is None or root in frame.rebound or root not in _parameters(function.node):
            return True
        if _is_read_after(function.node, node.statement(), root, part):
            return True
        if _is_traced_itself(frame):
            return False
        caller, call = frame.caller, frame.call_node
        if caller is None or not isinstance(call, nodes.Call):
            return True
        outer = _argument(function.node, call, root)
        if outer is None:
            return True
        frame, node, place = caller, call, outer
        if not isinstance(outer, nodes.Name):
            part = _part(None, outer)


def _part(change: nodes.NodeNG | None, place: nodes.NodeNG) -> object:
    """The item or attribute of the object at the root that is changed; None when it is not known, or all of it."""
    inner, step = place, None
    while isinstance(inner, nodes.Attribute | nodes.Subscript):
        inner, step = (inner.expr if isinstance(inner, nodes.Attribute) else inner.value), inner
    return _name_of_part(change if step is None else step)


def _name_of_part(step: nodes.NodeNG | None) -> object:
    match step:
        case nodes.Subscript(slice=nodes.Const(value=key)):
            return key
        case nodes.Attribute(attrname=name) | nodes.AssignAttr(attrname=name) | nodes.DelAttr(attrname=name):
            return name
    return None


def _root(place: nodes.NodeNG) -> str | None:
    """The name at the root of `name.attribute["key"]`."""
    while isinstance(place, nodes.Attribute | nodes.Subscript):
        place = place.expr if isinstance(place, nodes.Attribute) else place.value
    return str(place.name) if isinstance(place, nodes.Name) else None


def _parameters(tree: nodes.FunctionDef | nodes.Lambda) -> list[str]:
    args = tree.args
    return [parameter.name for parameter in (*args.posonlyargs, *(args.args or ()), *args.kwonlyargs)]


def _is_traced_itself(frame: Frame) -> bool:
    """Whether the frame is that of the function handed to the transformation, not of one that it calls."""
    entry, function = frame.context.entry, frame.function
    if entry is None or function is None or entry.function != function.name:
        return False
    caller = frame.caller
    return caller is None or caller.function is None or caller.function.node is not function.node


def _is_read_after(tree: nodes.FunctionDef | nodes.Lambda, change: nodes.NodeNG, name: str, part: object) -> bool:
    loops = [loop for loop in change.node_ancestors() if isinstance(loop, nodes.For | nodes.While)]
    for load in tree.nodes_of_class(nodes.Name):
        if load.name != name:
            continue
        if load.scope() is not tree and isinstance(load.scope(), nodes.FunctionDef | nodes.Lambda):
            return True  # a closure, which may be called at any time
        if isinstance(load.parent, _ALIASING):
            return True  # another name, or container, for the object
        read = _name_of_part(load.parent)
        if part is not None and read is not None and read != part and not _is_called(load.parent):
            continue
        statement = load.statement()
        if statement is change or _only_changes(statement, name):
            continue
        if (statement.lineno or 0) > (change.lineno or 0) or any(loop.parent_of(load) for loop in loops):
            return True
    return False


def _is_called(attribute: nodes.NodeNG) -> bool:
    """Whether an attribute is a method that is called, and may look at any part."""
    return isinstance(attribute.parent, nodes.Call) and attribute.parent.func is attribute


def _only_changes(statement: nodes.NodeNG, name: str) -> bool:
    """Whether all that a statement does with the object is to change it."""
    match statement:
        case nodes.Assign(targets=[target]) | nodes.AugAssign(target=target) | nodes.Delete(targets=[target]):
            return _changes(target, name)
        case nodes.Expr(value=nodes.Call(func=nodes.Attribute(expr=receiver))):
            return _root(receiver) == name
    return False


def _changes(target: nodes.NodeNG, name: str) -> bool:
    match target:
        case nodes.Subscript(value=holder) | nodes.AssignAttr(expr=holder) | nodes.DelAttr(expr=holder):
            return _root(holder) == name
    return False


def _argument(tree: nodes.FunctionDef | nodes.Lambda, call: nodes.Call, name: str) -> nodes.NodeNG | None:
    """The expression of a call that was passed for a parameter."""
    named = keyword_of(call, name)
    if named is not None:
        return named
    args = tree.args
    positional = [parameter.name for parameter in (*args.posonlyargs, *(args.args or ()))]
    if name not in positional or any(isinstance(argument, nodes.Starred) for argument in call.args):
        return None
    given = list(call.args)
    if isinstance(tree.parent, nodes.ClassDef):
        if tree.name == "__call__" and not (isinstance(call.func, nodes.Attribute) and call.func.attrname == "__call__"):
            given.insert(0, call.func)
        elif isinstance(call.func, nodes.Attribute):
            given.insert(0, call.func.expr)
    index = positional.index(name)
    return given[index] if index < len(given) else None


def is_read_later(name: nodes.Name) -> bool:
    """Whether what a name holds may be read again; a local variable that is no parameter is not read by anyone else."""
    function = name.scope()
    if not isinstance(function, nodes.FunctionDef) or name.name not in function.locals:
        return True
    if name.name in (*_parameters(function), *_bound_elsewhere(function)):
        return True
    again = any(isinstance(ancestor, nodes.For | nodes.While) for ancestor in name.node_ancestors())
    return any(
        again or load.scope() is not function or (load.lineno or 0) >= (name.lineno or 0)
        for load in function.nodes_of_class(nodes.Name)
        if load.name == name.name and load is not name
    )


def unread_names(expression: nodes.NodeNG, comparing: bool = True) -> tuple[str, ...]:
    """The local names to which the value of an expression is bound, when nothing reads any of them.

    To compare it with something counts as reading if `comparing` says so.
    """
    assignment = expression.parent
    function = expression.scope()
    if not isinstance(assignment, nodes.Assign) or not isinstance(function, nodes.FunctionDef):
        return ()
    names: list[str] = []
    waiting = list(assignment.targets)
    while waiting:
        match waiting.pop():
            case nodes.AssignName(name=name):
                names.append(name)
            case nodes.Tuple(elts=parts) | nodes.List(elts=parts):
                waiting += parts
            case nodes.Starred(value=value):
                waiting.append(value)
            case _:
                return ()
    loads = (
        load for load in function.nodes_of_class(nodes.Name) if comparing or not isinstance(load.parent, nodes.Compare)
    )
    read = {load.name for load in loads} | _bound_elsewhere(function)
    return () if read.intersection(names) else tuple(names)


def _bound_elsewhere(function: nodes.FunctionDef) -> set[str]:
    """The names that a function, or one in it, takes from outside and binds."""
    return {name for statement in function.nodes_of_class((nodes.Global, nodes.Nonlocal)) for name in statement.names}


Callees = Mapping[nodes.NodeNG, Mapping[nodes.FunctionDef | nodes.Lambda, int]]
"""The functions that calls were seen to call, with how many arguments they were given before those that the call writes."""


class Reaching:
    """Whether what functions return is computed with a name, as far as their text and that of what they call show.

    `heedless` are calls whose result may not hang on the values that they are given: `zeros_like(x)`, `grad(linear)(x)`.
    """

    def __init__(self, callees: Callees, heedless: Set[nodes.NodeNG]) -> None:
        self._callees = callees
        self._heedless = heedless
        self._known: dict[nodes.NodeNG, set[str]] = {}
        self._depth = 0

    def reaches(self, function: nodes.FunctionDef | nodes.Lambda, name: str) -> bool:
        """Whether a name reaches the result of a function."""
        if function not in self._known:
            self._known[function] = set()  # what a function that calls itself adds is what its other results add
            self._depth += 1
            self._known[function] = self._names_of_result(function)
            self._depth -= 1
        return name in self._known[function]

    def _names_of_result(self, function: nodes.FunctionDef | nodes.Lambda) -> set[str]:
        if isinstance(function, nodes.Lambda) and not isinstance(function, nodes.FunctionDef):
            return self._names(function.body)
        flows = list(self._flows(function))
        yields = function.nodes_of_class((nodes.Yield, nodes.YieldFrom), skip_klass=nodes.FunctionDef)
        always = set().union(*map(self._names, yields))
        returns = list(function.nodes_of_class(nodes.Return, skip_klass=nodes.FunctionDef))
        # The run may leave the function at any of them.
        each = [self._flown(always | self._names(node), flows) for node in returns] or [self._flown(always, flows)]
        return set.intersection(*each)

    @staticmethod
    def _flown(reaching: set[str], flows: list[tuple[set[str], set[str]]]) -> set[str]:
        """What the names that are given are computed with."""
        before = -1
        while before != len(reaching):
            before = len(reaching)
            for targets, sources in flows:
                if targets & reaching:
                    reaching |= sources
        return reaching

    def _flows(self, function: nodes.FunctionDef) -> Iterator[tuple[set[str], set[str]]]:
        """The names that a statement changes, with those that it reads for that."""
        names = self._names
        for node in function.nodes_of_class(_FLOWING):
            match node:
                case nodes.Assign(targets=targets, value=value):
                    yield set().union(*map(names, targets)), names(value)
                case nodes.AugAssign(target=target, value=value) | nodes.NamedExpr(target=target, value=value):
                    yield names(target), names(value)
                case nodes.AnnAssign(target=target, value=nodes.NodeNG() as value):
                    yield names(target), names(value)
                case nodes.For(target=target, iter=value):
                    yield names(target), names(value)
                case nodes.With(items=items):
                    for value, target in items:
                        if target is not None:
                            yield names(target), names(value)
                case nodes.FunctionDef() if node is not function:
                    yield {node.name}, names(node)
                case nodes.Expr(value=nodes.Call(func=nodes.Attribute(expr=held)) as call):
                    yield names(held), names(call)  # values.append(x)

    def _names(self, node: nodes.NodeNG) -> set[str]:
        """The names in code, but for those that are only passed on to functions that return nothing made of them."""
        found: set[str] = set()
        waiting = [node]
        while waiting:
            match waiting.pop():
                case nodes.Name(name=name) | nodes.AssignName(name=name):
                    found.add(name)
                case nodes.Attribute(attrname="shape" | "ndim" | "size" | "dtype"):
                    pass  # known without the values
                case nodes.Call(func=nodes.Name(name="len" | "isinstance" | "type")):
                    pass
                case nodes.Call() as call if call in self._heedless:
                    waiting.append(call.func)
                case nodes.Call() as call:
                    vain = self._in_vain(call)
                    waiting += [call.func, *(part for part in (*call.args, *call.keywords) if part not in vain)]
                case other:
                    waiting += other.get_children()
        return found

    def _in_vain(self, call: nodes.Call) -> set[nodes.NodeNG]:
        """The arguments of a call that none of the functions that it calls needs for its result."""
        if self._depth > _FOLLOWED_CALLS:
            return set()
        each = [self._in_vain_for(call, *callee) for callee in self._callees.get(call, {}).items()]
        return set.intersection(*each) if each else set()

    def _in_vain_for(
        self, call: nodes.Call, function: nodes.FunctionDef | nodes.Lambda, given: int
    ) -> set[nodes.NodeNG]:
        args = function.args
        named = {parameter.name for parameter in (*(args.args or ()), *args.kwonlyargs)}
        by_name = [(word.arg, word) for word in call.keywords if word.arg in named]
        positional = [parameter.name for parameter in (*args.posonlyargs, *(args.args or ()))][given:]
        if any(isinstance(part, nodes.Starred) for part in call.args):
            positional = []
        passed = [*zip(positional, call.args, strict=False), *by_name]
        return {part for name, part in passed if not self.reaches(function, name)}


_FOLLOWED_CALLS = 2
"""How deep in calls what is passed on is followed: a method that hands over to another; deeper, it counts as needed."""

_FLOWING = (
    *(nodes.Assign, nodes.AugAssign, nodes.AnnAssign, nodes.NamedExpr, nodes.For, nodes.With, nodes.FunctionDef),
    nodes.Expr,
)
