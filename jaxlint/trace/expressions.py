"""Expressions: one function for each kind of node, found by the node's class."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.arguments import arguments_of
from jaxlint.trace.arithmetic import as_operand, binary, unary
from jaxlint.trace.assignment import assign
from jaxlint.trace.attributes import read_attribute
from jaxlint.trace.comprehensions import dict_comprehension, generator_expression, list_comprehension, set_comprehension
from jaxlint.trace.definitions import make_function
from jaxlint.trace.displays import dict_display, formatted_value, joined_text, list_display, set_display, tuple_display
from jaxlint.trace.items import read_item
from jaxlint.trace.iteration import iterate
from jaxlint.trace.names import read_name
from jaxlint.trace.narrowing import fork
from jaxlint.trace.observations import AttributeRead, Membership, NameRead, Site, TypeTest, UnaryOperation
from jaxlint.trace.operations import contains
from jaxlint.trace.own_operators import unary_method
from jaxlint.trace.truth import identical, refuses_truth, truth
from jaxlint.values import (
    FALSE,
    HOST_BOOL,
    NEVER,
    NONE,
    TRUE,
    UNKNOWN,
    Answer,
    Const,
    Dict,
    External,
    List,
    Never,
    NumPyArray,
    Ref,
    Slice,
    Tuple,
    TupleOf,
    TypeOf,
    Value,
    join,
)

if TYPE_CHECKING:
    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.tracer import Tracer


def evaluate(t: Tracer, frame: Frame, node: nodes.NodeNG) -> Value:
    """The abstract value of an expression; Unknown for a kind of node that is not modelled."""
    kind = type(node)
    if kind is nodes.Name:  # the most frequent by far
        value = frame.env.get(node.name)
        if value is not None and not frame.global_names and not frame.nonlocal_names:
            return value
    handler = _EXPRESSIONS.get(kind)
    return UNKNOWN if handler is None else handler(t, frame, node)


# ------------------------------------------------------------------------------------------------ atoms


def _const(_t: Tracer, _frame: Frame, node: nodes.Const) -> Value:
    value = node.value
    if value is None:
        return NONE
    if value is True:
        return TRUE
    if value is False:
        return FALSE
    return Const(value)


def _attribute(t: Tracer, frame: Frame, node: nodes.Attribute) -> Value:
    target = evaluate(t, frame, node.expr)
    if isinstance(target, External):
        t.observe(NameRead(node, frame, f"{target.path}.{node.attrname}"))
    if type(target) in _NO_ARRAYS:
        t.observe(AttributeRead(node, frame, target, node.attrname, None))
    return read_attribute(t, frame, node, target, node.attrname)


_NO_ARRAYS = frozenset({NumPyArray, List, Tuple, TupleOf, Dict})
"""What code may take for a JAX array when it reads an attribute."""


def _subscript(t: Tracer, frame: Frame, node: nodes.Subscript) -> Value:
    target = evaluate(t, frame, node.value)
    return read_item(t, frame, node, target, evaluate(t, frame, node.slice))


def _slice(t: Tracer, frame: Frame, node: nodes.Slice) -> Value:
    parts = [None if part is None else evaluate(t, frame, part) for part in (node.lower, node.upper, node.step)]
    return Slice(*parts)


# ------------------------------------------------------------------------------------------------ operators


def _binop(t: Tracer, frame: Frame, node: nodes.BinOp) -> Value:
    # A chain a + b + c + … leans left; walking it in a loop keeps Python's stack flat.
    chain: list[nodes.BinOp] = []
    left: nodes.NodeNG = node
    while isinstance(left, nodes.BinOp):
        chain.append(left)
        left = left.left
    value = evaluate(t, frame, left)
    for operation in reversed(chain):
        right = evaluate(t, frame, operation.right)
        value = binary(t, frame, operation, as_operand(value), operation.op, as_operand(right))
    return value


def _unaryop(t: Tracer, frame: Frame, node: nodes.UnaryOp) -> Value:
    value = evaluate(t, frame, node.operand)
    if node.op == "not":
        answer = truth(t, frame, node.operand, value, Site.NOT)
        if refuses_truth(value):
            return NEVER
        return HOST_BOOL if answer is Answer.UNKNOWN else Const(answer is Answer.NO)
    if isinstance(value, Dict | List | Tuple | TupleOf | Ref):
        t.observe(UnaryOperation(node, frame, node.op, value))
    own = unary_method(t, frame, node, node.op, value)
    return unary(frame, node.op, as_operand(value)) if own is None else own


def _boolop(t: Tracer, frame: Frame, node: nodes.BoolOp) -> Value:
    """`a and b`: asks for the truth of every operand but the last; later ones run under the earlier ones' outcome."""
    site = Site.AND if node.op == "and" else Site.OR
    stops = Answer.NO if node.op == "and" else Answer.YES
    result: Value = NEVER
    saved = frame.env
    for operand in node.values[:-1]:
        value = evaluate(t, frame, operand)
        if isinstance(value, Never):
            frame.env = _after(saved, frame.env)
            return result
        answer = truth(t, frame, operand, value, site)
        if refuses_truth(value):
            frame.env = _after(saved, frame.env)
            return result
        if answer is stops:
            frame.env = _after(saved, frame.env)
            return join(result, value)
        if answer is Answer.UNKNOWN:
            result = join(result, _when(value, stops))
        frame.env = fork(t, frame, operand, site is Site.AND)
    last = evaluate(t, frame, node.values[-1])
    frame.env = _after(saved, frame.env)
    return join(result, last)


def _after(before: Env, now: Env) -> Env:
    """The environment after a short-circuit operator: names that it bound are kept, what it narrowed is not."""
    after: Env = dict(now)
    after.update({name: value for name, value in before.items() if isinstance(name, str)})
    return after


def _when(value: Value, answer: Answer) -> Value:
    """What a value is, given its truth."""
    if value == HOST_BOOL:
        return Const(answer is Answer.YES)
    return value


def _compare(t: Tracer, frame: Frame, node: nodes.Compare) -> Value:
    left = evaluate(t, frame, node.left)
    left_node = node.left
    result: Value = NEVER
    for position, (operator, right_node) in enumerate(node.ops):
        right = evaluate(t, frame, right_node)
        outcome = _comparison(t, frame, node, left, operator, right)
        if position + 1 < len(node.ops):
            truth(t, frame, node, outcome, Site.CHAIN)
            if refuses_truth(outcome):
                return result
            result = join(result, outcome)
        else:
            result = outcome if position == 0 else join(result, outcome)
        left, left_node = right, right_node
    del left_node
    return result


def _comparison(t: Tracer, frame: Frame, node: nodes.Compare, left: Value, operator: str, right: Value) -> Value:
    if isinstance(left, TypeOf) and operator in ("is", "is not", "==", "!="):
        t.observe(TypeTest(node, frame, left.value, right, exact=True))
        return HOST_BOOL
    if operator in ("in", "not in"):
        t.observe(Membership(node, frame, left, right))
    match operator:
        case "is":
            return identical(left, right)
        case "is not":
            return negated(identical(left, right))
        case "in":
            return contains(t, frame, node, left, right)
        case "not in":
            return negated(contains(t, frame, node, left, right))
    return binary(t, frame, node, as_operand(left), operator, as_operand(right))


def negated(value: Value) -> Value:
    """`not value` for a value that is a Python bool."""
    return Const(not value.value) if isinstance(value, Const) else HOST_BOOL


def _ifexp(t: Tracer, frame: Frame, node: nodes.IfExp) -> Value:
    test = evaluate(t, frame, node.test)
    answer = truth(t, frame, node.test, test, Site.TERNARY)
    saved = frame.env
    result: Value = NEVER
    frame.branch_depth += 1
    if answer is not Answer.NO:
        frame.env = fork(t, frame, node.test, True)
        result = evaluate(t, frame, node.body)
        frame.env = saved
    if answer is not Answer.YES:
        frame.env = fork(t, frame, node.test, False)
        result = join(result, evaluate(t, frame, node.orelse))
        frame.env = saved
    frame.branch_depth -= 1
    return result


def _namedexpr(t: Tracer, frame: Frame, node: nodes.NamedExpr) -> Value:
    value = evaluate(t, frame, node.value)
    assign(t, frame, node.target, value)
    return value


# ------------------------------------------------------------------------------------------------ functions and calls


def _lambda(t: Tracer, frame: Frame, node: nodes.Lambda) -> Value:
    return make_function(t, frame, node)


def _call(t: Tracer, frame: Frame, node: nodes.Call) -> Value:
    callee = evaluate(t, frame, node.func)
    return t.call(frame, node, callee, arguments_of(t, frame, node))


def _await(t: Tracer, frame: Frame, node: nodes.Await) -> Value:
    return evaluate(t, frame, node.value)


def _yield(t: Tracer, frame: Frame, node: nodes.Yield) -> Value:
    value = NONE if node.value is None else evaluate(t, frame, node.value)
    frame.is_generator = True
    frame.yielded = join(frame.yielded, value)
    return UNKNOWN


def _yieldfrom(t: Tracer, frame: Frame, node: nodes.YieldFrom) -> Value:
    frame.is_generator = True
    frame.yielded = join(frame.yielded, iterate(t, frame, node, evaluate(t, frame, node.value)))
    return UNKNOWN


def _starred(t: Tracer, frame: Frame, node: nodes.Starred) -> Value:
    return TupleOf(iterate(t, frame, node, evaluate(t, frame, node.value)))


_EXPRESSIONS: dict[type[nodes.NodeNG], Callable[..., Value]] = {
    nodes.Const: _const,
    nodes.Name: read_name,
    nodes.Attribute: _attribute,
    nodes.Subscript: _subscript,
    nodes.Slice: _slice,
    nodes.BinOp: _binop,
    nodes.UnaryOp: _unaryop,
    nodes.BoolOp: _boolop,
    nodes.Compare: _compare,
    nodes.IfExp: _ifexp,
    nodes.NamedExpr: _namedexpr,
    nodes.Tuple: tuple_display,
    nodes.List: list_display,
    nodes.Set: set_display,
    nodes.Dict: dict_display,
    nodes.JoinedStr: joined_text,
    nodes.FormattedValue: formatted_value,
    nodes.ListComp: list_comprehension,
    nodes.SetComp: set_comprehension,
    nodes.GeneratorExp: generator_expression,
    nodes.DictComp: dict_comprehension,
    nodes.Lambda: _lambda,
    nodes.Call: _call,
    nodes.Await: _await,
    nodes.Yield: _yield,
    nodes.YieldFrom: _yieldfrom,
    nodes.Starred: _starred,
}
