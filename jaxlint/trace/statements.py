"""Statements: how control flows, and what each kind of statement does to the environment.

A walk of statements returns whether control reaches their end. Where two ways meet their environments are joined; a
`return`, `break`, `continue` or `raise` leaves with the environment that it has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace import buffers, definitions, imports, patterns
from jaxlint.trace.arguments import arguments_of
from jaxlint.trace.arithmetic import as_operand, binary
from jaxlint.trace.assignment import assign, bind_name
from jaxlint.trace.attributes import read_attribute, write_attribute
from jaxlint.trace.contexts import entered, leave
from jaxlint.trace.exceptions import expected_by, run_try
from jaxlint.trace.frame import Expects, FrameKind
from jaxlint.trace.items import escape, read_item, unknown_items, write_item
from jaxlint.trace.iteration import items_of, iterate
from jaxlint.trace.loops import run_for, run_while
from jaxlint.trace.meet import meet_ways
from jaxlint.trace.narrowing import fork
from jaxlint.trace.observations import AttributeWrite, Discarded, Escape, Site, Target
from jaxlint.trace.places import peek, store
from jaxlint.trace.truth import truth
from jaxlint.values import (
    NONE,
    UNKNOWN,
    Answer,
    Array,
    Instance,
    List,
    NumPyArray,
    Ref,
    Set,
    Tree,
    Value,
    join,
)
from jaxlint.values.join import list_element

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def run_block(t: Tracer, frame: Frame, body: list[nodes.NodeNG]) -> bool:
    """Walk statements in order; False when control does not reach the end."""
    for statement in body:
        frame.statements += 1
        if frame.statements > t.budgets.statements and frame.kind is FrameKind.FUNCTION:
            t.spent.note("statements")
            frame.returned = UNKNOWN
            frame.returns.append(frame.env)
            return False
        handler = _STATEMENTS.get(type(statement))
        if handler is not None and handler(t, frame, statement) is False:
            return False
    return True


# ------------------------------------------------------------------------------------------------ simple statements


def _expr(t: Tracer, frame: Frame, node: nodes.Expr) -> None:
    expression = node.value
    if isinstance(expression, nodes.Const):
        return
    if frame.kind is FrameKind.MODULE and isinstance(expression, nodes.Call) and definitions.can_wait(frame, expression):
        t.deferred.append((frame, expression))
        return
    drop(t, frame, expression)


def drop(t: Tracer, frame: Frame, expression: nodes.NodeNG) -> None:
    """Evaluate an expression statement, and observe that its value is dropped."""
    if isinstance(expression, nodes.Call):
        callee = t.evaluate(frame, expression.func)
        arguments = arguments_of(t, frame, expression)
        value = t.call(frame, expression, callee, arguments)
        t.observe(Discarded(expression, frame, value, callee, arguments))
        return
    value = t.evaluate(frame, expression)
    if isinstance(expression, nodes.BinOp | nodes.Subscript | nodes.Attribute | nodes.UnaryOp):
        t.observe(Discarded(expression, frame, value))


def _assign(t: Tracer, frame: Frame, node: nodes.Assign) -> None:
    value = buffers.kept(frame, node, t.evaluate(frame, node.value))
    for target in node.targets:
        assign(t, frame, target, value)


def _annassign(t: Tracer, frame: Frame, node: nodes.AnnAssign) -> None:
    if node.value is not None:
        assign(t, frame, node.target, buffers.kept(frame, node, t.evaluate(frame, node.value)))


def _augassign(t: Tracer, frame: Frame, node: nodes.AugAssign) -> None:
    """`target op= value`: rebinds arrays and numbers, changes lists and sets in place."""
    operator = node.op.removesuffix("=")
    target = node.target
    if isinstance(target, nodes.AssignName):
        current = frame.lookup(target.name)
        result = _in_place(t, frame, node, current, operator, t.evaluate(frame, node.value))
        if isinstance(current, List | Set):
            owner = frame.owner_of(target.name)
            if owner is not None and owner is not frame:
                escape(t, frame, node, nodes_name(target), current, result)
        bind_name(t, frame, target, target.name, result)
    elif isinstance(target, nodes.AssignAttr):
        holder = t.evaluate(frame, target.expr)
        current = read_attribute(t, frame, target, holder, target.attrname)
        result = _in_place(t, frame, node, current, operator, t.evaluate(frame, node.value))
        write_attribute(t, frame, target, result)
    elif isinstance(target, nodes.Subscript):
        holder = t.evaluate(frame, target.value)
        if isinstance(holder, Array | Tree):
            current = holder
            right = t.evaluate(frame, node.value)
            result = binary(t, frame, node, current, operator, as_operand(right), augmented=True)
        else:
            current = read_item(t, frame, target, holder, t.evaluate(frame, target.slice))
            result = _in_place(t, frame, node, current, operator, t.evaluate(frame, node.value))
        write_item(t, frame, target, result, operator=node.op)


def nodes_name(target: nodes.AssignName) -> nodes.NodeNG:
    """The node under which messages name an assigned name."""
    return target


def _in_place(t: Tracer, frame: Frame, node: nodes.AugAssign, current: Value, operator: str, right: Value) -> Value:
    if isinstance(current, List) and operator == "+":
        items, more = items_of(current), items_of(right)
        if items is not None and more is not None:
            return List(items + more, UNKNOWN, current.made, current.rebuilt)
        element = join(list_element(current), iterate(t, frame, node, right))
        return List(None, element, current.made, current.rebuilt)
    if isinstance(current, Ref) and not current.bare:
        return current
    result = binary(t, frame, node, as_operand(current), operator, as_operand(right), augmented=True)
    if isinstance(current, NumPyArray) and isinstance(result, NumPyArray):
        buffers.write(t, frame, node, current)
        return NumPyArray(current.shape, current.dtype, current.buffer)
    return buffers.kept(frame, node, result)


def _delete(t: Tracer, frame: Frame, node: nodes.Delete) -> None:
    pending = list(node.targets)
    while pending:
        target = pending.pop()
        match target:
            case nodes.Tuple(elts=elements) | nodes.List(elts=elements):
                pending.extend(elements)
            case nodes.DelName(name=name):
                frame.env.pop(name, None)
            case nodes.Subscript():
                write_item(t, frame, target, UNKNOWN, deletes=True)
                holder = peek(t, frame, target.value)
                if isinstance(holder, List):
                    store(t, frame, target.value, unknown_items(holder))
            case nodes.DelAttr(expr=expr, attrname=name):
                holder = t.evaluate(frame, expr)
                t.observe(AttributeWrite(target, frame, holder, name, UNKNOWN))
                if isinstance(holder, Instance):
                    store(t, frame, expr, holder.with_field(name, UNKNOWN))


def _return(t: Tracer, frame: Frame, node: nodes.Return) -> bool:
    value = NONE if node.value is None else t.evaluate(frame, node.value)
    if frame.function is not None and frame.function.cached and frame.context.depth > 0:
        t.observe(Escape(node, frame, Target.CACHE, frame.name, value, frame.function, 0))
    frame.returned = join(frame.returned, value)
    frame.returns.append(frame.env)
    return False


def _raise(t: Tracer, frame: Frame, node: nodes.Raise) -> bool:
    if node.exc is not None:
        t.evaluate(frame, node.exc)
    return False


def _assert(t: Tracer, frame: Frame, node: nodes.Assert) -> bool:
    value = t.evaluate(frame, node.test)
    answer = truth(t, frame, node.test, value, Site.ASSERT)
    frame.env = fork(t, frame, node.test, True)
    return answer is not Answer.NO


def _global(_t: Tracer, frame: Frame, node: nodes.Global) -> None:
    frame.global_names.update(node.names)


def _nonlocal(_t: Tracer, frame: Frame, node: nodes.Nonlocal) -> None:
    frame.nonlocal_names.update(node.names)


def _break(_t: Tracer, frame: Frame, _node: nodes.Break) -> bool:
    if frame.loops:
        frame.loops[-1].breaks.append(frame.env)
    return False


def _continue(_t: Tracer, frame: Frame, _node: nodes.Continue) -> bool:
    if frame.loops:
        frame.loops[-1].continues.append(frame.env)
    return False


# ------------------------------------------------------------------------------------------------ branches


def _if(t: Tracer, frame: Frame, node: nodes.If) -> bool:
    test = t.evaluate(frame, node.test)
    elif_ = isinstance(node.parent, nodes.If) and node.parent.orelse == [node] and node.parent.has_elif_block()
    answer = truth(t, frame, node.test, test, Site.ELIF if elif_ else Site.IF)
    if definitions.is_main_guard(node):
        answer = Answer.YES
    elif definitions.is_type_checking(t, frame, node):
        if frame.kind is FrameKind.MODULE and not node.orelse:
            # Imports for annotations only. What they name may import this module in turn, and needs what stands below.
            frame.later.append(node)
            return True
        answer = Answer.UNKNOWN  # both ways are walked, so that the names mean something
    before = frame.env

    def way(outcome: bool, body: list[nodes.NodeNG]) -> Callable[[], bool]:
        def run() -> bool:
            frame.env = fork(t, frame, node.test, outcome)
            return run_block(t, frame, body)

        return run

    if answer is Answer.YES:
        frame.env = fork(t, frame, node.test, True)
        return run_block(t, frame, node.body)
    if answer is Answer.NO:
        frame.env = fork(t, frame, node.test, False)
        return run_block(t, frame, node.orelse)
    return meet_ways(t, frame, node, before, [way(True, node.body), way(False, node.orelse)])


def _with(t: Tracer, frame: Frame, node: nodes.With) -> bool:
    restore = frame.context
    for expression, target in node.items:
        manager = t.evaluate(frame, expression)
        value = entered(t, frame, expression, manager)
        if target is not None:
            assign(t, frame, target, value)
    waits = frame.expects
    if any(expected_by(expression) for expression, _ in node.items):
        frame.expects = Expects.IN_CALLS
    alive = run_block(t, frame, node.body)
    frame.expects = waits
    leave(frame, restore)
    return alive


def _type_alias(t: Tracer, frame: Frame, node: nodes.TypeAlias) -> None:
    bind_name(t, frame, node.name, node.name.name, UNKNOWN)


_STATEMENTS: dict[type[nodes.NodeNG], Callable[..., bool | None]] = {
    nodes.Expr: _expr,
    nodes.Assign: _assign,
    nodes.AnnAssign: _annassign,
    nodes.AugAssign: _augassign,
    nodes.Delete: _delete,
    nodes.Return: _return,
    nodes.Raise: _raise,
    nodes.Assert: _assert,
    nodes.Global: _global,
    nodes.Nonlocal: _nonlocal,
    nodes.Break: _break,
    nodes.Continue: _continue,
    nodes.If: _if,
    nodes.For: run_for,
    nodes.AsyncFor: run_for,
    nodes.While: run_while,
    nodes.With: _with,
    nodes.AsyncWith: _with,
    nodes.Try: run_try,
    nodes.TryStar: run_try,
    nodes.Match: patterns.run_match,
    nodes.FunctionDef: definitions.define_function,
    nodes.AsyncFunctionDef: definitions.define_function,
    nodes.ClassDef: definitions.define_class,
    nodes.Import: imports.run_import,
    nodes.ImportFrom: imports.run_import_from,
    nodes.TypeAlias: _type_alias,
}
