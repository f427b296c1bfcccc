"""Expressions: one function for each kind of node, found by the node's class."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.assignment import assign
from jaxlint.trace.attributes import read_attribute
from jaxlint.trace.binding import Arguments
from jaxlint.trace.definitions import make_function
from jaxlint.trace.frame import LoopExits
from jaxlint.trace.items import read_item
from jaxlint.trace.names import read_name
from jaxlint.trace.narrowing import fork
from jaxlint.trace.observations import AttributeRead, Display, Membership, NameRead, Site, TypeTest, UnaryOperation
from jaxlint.trace.operations import (
    as_operand,
    binary,
    contains,
    format_value,
    identical,
    items_of,
    iterate,
    known_truth,
    merge_dicts,
    python_index,
    refuses_truth,
    truth,
    unary,
)
from jaxlint.trace.text import text_of
from jaxlint.values import (
    FALSE,
    HOST_BOOL,
    HOST_STR,
    NEVER,
    NONE,
    TRUE,
    UNKNOWN,
    Answer,
    Array,
    Const,
    Dict,
    External,
    Function,
    Instance,
    Iterator,
    List,
    Never,
    NumPyArray,
    Set,
    Slice,
    Tree,
    Tuple,
    TupleOf,
    TypeOf,
    Value,
    join,
    join_all,
)
from jaxlint.values.join import dict_value

if TYPE_CHECKING:
    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.tracer import Tracer


def evaluate(t: Tracer, frame: Frame, node: nodes.NodeNG) -> Value:
    """The abstract value of an expression; Unknown for a kind of node that is not modelled."""
    handler = _EXPRESSIONS.get(type(node))
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
    if isinstance(value, Dict | List | Tuple | TupleOf):
        t.observe(UnaryOperation(node, frame, node.op, value))
    return unary(frame, node.op, as_operand(value))


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
    match operator:
        case "is":
            return identical(left, right)
        case "is not":
            return negated(identical(left, right))
        case "in" | "not in":
            t.observe(Membership(node, frame, left, right))
    match operator:
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


# ------------------------------------------------------------------------------------------------ displays


def _elements(t: Tracer, frame: Frame, elements: list[nodes.NodeNG]) -> tuple[tuple[Value, ...] | None, Value]:
    """The items of a display, one by one while their number is known, else None and their join."""
    items: list[Value] | None = []
    element: Value = NEVER
    for item in elements:
        if isinstance(item, nodes.Starred):
            value = evaluate(t, frame, item.value)
            known = items_of(value)
            if known is not None and items is not None:
                items.extend(known)
                continue
            if items is not None:
                element, items = join_all(items), None
            element = join(element, iterate(t, frame, item, value))
            continue
        value = evaluate(t, frame, item)
        if items is not None:
            items.append(value)
        else:
            element = join(element, value)
    if items is not None and len(items) > t.budgets.display_items:
        return None, join_all(items)
    return (None if items is None else tuple(items)), element


def _tuple(t: Tracer, frame: Frame, node: nodes.Tuple) -> Value:
    items, element = _elements(t, frame, node.elts)
    return TupleOf(element) if items is None else Tuple(items)


def _list(t: Tracer, frame: Frame, node: nodes.List) -> Value:
    items, element = _elements(t, frame, node.elts)
    return List(items, UNKNOWN if items is not None else element, frame.context.depth)


def _set(t: Tracer, frame: Frame, node: nodes.Set) -> Value:
    items, element = _elements(t, frame, node.elts)
    for item in node.elts:
        if not isinstance(item, nodes.Starred):
            value = evaluate(t, frame, item) if isinstance(item, nodes.Name) else UNKNOWN
            if isinstance(value, Array):
                python_index(t, frame, item, Display.SET, value)
    return Set(element if items is None else join_all(items), frame.context.depth)


def _dict(t: Tracer, frame: Frame, node: nodes.Dict) -> Value:
    result = Dict((), None, frame.context.depth)
    for key_node, value_node in node.items:
        if isinstance(key_node, nodes.DictUnpack):
            other = evaluate(t, frame, value_node)
            if isinstance(other, Dict):
                result = merge_dicts(result, other)
            else:
                rest = Tree(other.tracing, other.why) if isinstance(other, Tree) else UNKNOWN
                result = merge_dicts(result, Dict((), rest))
            continue
        key = evaluate(t, frame, key_node)
        value = evaluate(t, frame, value_node)
        if isinstance(key, Const) and len(result.items) < t.budgets.display_items:
            result = result.with_item(key.value, value)
        else:
            if isinstance(key, Array):
                python_index(t, frame, key_node, Display.DICT, key)
            others = value if result.rest is None else join(result.rest, value)
            result = Dict(result.items, others, result.made)
    return result


def _joinedstr(t: Tracer, frame: Frame, node: nodes.NodeNG) -> Value:
    return text_of([evaluate(t, frame, part) for part in node.values if not isinstance(part, nodes.Const)])


def _formattedvalue(t: Tracer, frame: Frame, node: nodes.NodeNG) -> Value:
    value = evaluate(t, frame, node.value)
    spec = node.format_spec
    if spec is not None:
        evaluate(t, frame, spec)
    specified = spec is not None and bool(getattr(spec, "values", True))
    format_value(t, frame, node, value, specified)
    return HOST_STR if specified else text_of((value,))


# ------------------------------------------------------------------------------------------------ comprehensions


def _comprehension(
    t: Tracer, frame: Frame, generators: list[nodes.Comprehension], produce: Callable[[], None]
) -> bool:
    """Walk the clauses of a comprehension, then `produce` for one step; True when every length is known and walked."""
    if not generators:
        produce()
        return True
    clause, rest = generators[0], generators[1:]
    iterable = evaluate(t, frame, clause.iter)
    items = items_of(iterable)
    exits = frame.loops[-1]
    around = exits.walks
    limit = t.budgets.tabulated if isinstance(iterable, List | Tuple) else t.budgets.unrolled
    if (
        items is not None
        and len(items) <= limit
        and around * len(items) <= t.budgets.repetitions
        and not clause.ifs
    ):
        if isinstance(iterable, Iterator | Array):
            iterate(t, frame, clause.iter, iterable)
        exact = True
        exits.walks = around * len(items)
        for item in items:
            assign(t, frame, clause.target, item)
            exact = _comprehension(t, frame, rest, produce) and exact
        exits.walks = around
        return exact
    assign(t, frame, clause.target, iterate(t, frame, clause.iter, iterable))
    saved = frame.env
    for test in clause.ifs:
        answer = truth(t, frame, test, evaluate(t, frame, test), Site.COMPREHENSION)
        if answer is Answer.NO:
            frame.env = saved
            return False
        frame.env = fork(t, frame, test, True)
    frame.branch_depth += 1
    exits.walks = around * 2
    _comprehension(t, frame, rest, produce)
    if exits.walks <= t.budgets.repetitions:
        # A second walk shows what the first left behind: a key that each step consumes.
        _comprehension(t, frame, rest, produce)
    exits.walks = around
    frame.branch_depth -= 1
    frame.env = {**frame.env, **{k: v for k, v in saved.items() if isinstance(k, str)}}
    return False


def _repeated(t: Tracer, frame: Frame, node: nodes.NodeNG, produce: Callable[[], None]) -> bool:
    """Walk a comprehension, which is a loop for whoever asks whether code runs again and again."""
    frame.loops.append(LoopExits(counts_steps=t.counts_steps(node), walks=frame.walks(1)))
    exact = _comprehension(t, frame, node.generators, produce)
    frame.loops.pop()
    return exact


def _collected(
    t: Tracer, frame: Frame, node: nodes.NodeNG, element: nodes.NodeNG
) -> tuple[tuple[Value, ...] | None, Value]:
    found: list[Value] = []
    hidden = {name: frame.env.get(name) for name in node.locals}

    def produce() -> None:
        found.append(evaluate(t, frame, element))

    exact = _repeated(t, frame, node, produce)
    for name, value in hidden.items():
        if value is None:
            frame.env.pop(name, None)
        else:
            frame.env[name] = value
    items = tuple(found) if exact and len(found) <= t.budgets.display_items else None
    return items, join_all(found)


def _listcomp(t: Tracer, frame: Frame, node: nodes.ListComp) -> Value:
    items, element = _collected(t, frame, node, node.elt)
    return List(items, UNKNOWN if items is not None else element, frame.context.depth)


def _setcomp(t: Tracer, frame: Frame, node: nodes.SetComp) -> Value:
    return Set(_collected(t, frame, node, node.elt)[1], frame.context.depth)


def _generatorexp(t: Tracer, frame: Frame, node: nodes.GeneratorExp) -> Value:
    items, element = _collected(t, frame, node, node.elt)
    return Iterator(element, frame.context.depth, items)


def _dictcomp(t: Tracer, frame: Frame, node: nodes.DictComp) -> Value:
    found: list[tuple[Value, Value]] = []
    hidden = {name: frame.env.get(name) for name in node.locals}

    def produce() -> None:
        found.append((evaluate(t, frame, node.key), evaluate(t, frame, node.value)))

    exact = _repeated(t, frame, node, produce)
    for name, value in hidden.items():
        if value is None:
            frame.env.pop(name, None)
        else:
            frame.env[name] = value
    if exact and len(found) <= t.budgets.display_items and all(isinstance(key, Const) for key, _ in found):
        result = Dict((), None, frame.context.depth)
        for key, value in found:
            assert isinstance(key, Const)  # for the type checker: tested above
            result = result.with_item(key.value, value)
        return result
    return Dict((), join_all(value for _, value in found), frame.context.depth)


# ------------------------------------------------------------------------------------------------ functions and calls


def _lambda(t: Tracer, frame: Frame, node: nodes.Lambda) -> Value:
    return make_function(t, frame, node)


def arguments_of(t: Tracer, frame: Frame, node: nodes.Call) -> Arguments:
    """The arguments of a call, evaluated in order."""
    given = node.args
    if nodes.Starred in map(type, given):
        positional, star = _starred_arguments(t, frame, given)
    else:
        positional, star = [evaluate(t, frame, argument) for argument in given], None
    keywords, star_keywords = _keywords(t, frame, node.keywords) if node.keywords else ((), None)
    return Arguments(tuple(positional), keywords, star, star_keywords, tuple(given) if star is None else ())


def _starred_arguments(t: Tracer, frame: Frame, given: list[nodes.NodeNG]) -> tuple[list[Value], Value | None]:
    """Positional arguments with `*` among them: those known one by one, and what any further one is."""
    positional: list[Value] = []
    star: Value | None = None
    for argument in given:
        if isinstance(argument, nodes.Starred):
            value = evaluate(t, frame, argument.value)
            items = items_of(value)
            if items is not None and star is None:
                positional.extend(items)
            else:
                element = iterate(t, frame, argument, value)
                star = element if star is None else join(star, element)
        else:
            value = evaluate(t, frame, argument)
            if star is None:
                positional.append(value)
            else:
                star = join(star, value)
    return positional, star


def _keywords(
    t: Tracer, frame: Frame, given: list[nodes.Keyword]
) -> tuple[tuple[tuple[str, Value], ...], Value | None]:
    """Keyword arguments: those known by name, and what any further one is."""
    keywords: list[tuple[str, Value]] = []
    star_keywords: Value | None = None
    for keyword in given:
        value = evaluate(t, frame, keyword.value)
        if keyword.arg is not None:
            keywords.append((keyword.arg, value))
            continue
        rest: Value | None = UNKNOWN
        if isinstance(value, Dict):
            keywords.extend((key, item) for key, item in value.items if isinstance(key, str))
            rest = value.rest
            if any(not isinstance(key, str) for key, _ in value.items):
                rest = dict_value(value)
        elif isinstance(value, Tree):
            rest = value
        if rest is not None:
            star_keywords = rest if star_keywords is None else join(star_keywords, rest)
    return tuple(keywords), star_keywords


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
    nodes.Tuple: _tuple,
    nodes.List: _list,
    nodes.Set: _set,
    nodes.Dict: _dict,
    nodes.JoinedStr: _joinedstr,
    nodes.FormattedValue: _formattedvalue,
    nodes.ListComp: _listcomp,
    nodes.SetComp: _setcomp,
    nodes.GeneratorExp: _generatorexp,
    nodes.DictComp: _dictcomp,
    nodes.Lambda: _lambda,
    nodes.Call: _call,
    nodes.Await: _await,
    nodes.Yield: _yield,
    nodes.YieldFrom: _yieldfrom,
    nodes.Starred: _starred,
}


def is_known_empty(value: Value) -> bool:
    """Whether a value certainly is false: None, zero, an empty container."""
    return known_truth(value) is Answer.NO


__all__ = ["Function", "Instance", "arguments_of", "evaluate", "is_known_empty", "negated"]
