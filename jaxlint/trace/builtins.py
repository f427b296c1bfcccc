"""Python's built-in functions, and those of the standard library and JAX whose result follows from their arguments.

Each is a function `(tracer, frame, node, arguments) -> value`, by its dotted name. What can be said in a row of the
model is a row; here stands what computes with structure: `zip`, `enumerate`, `functools.partial`, `jax.tree.leaves`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from jaxlint.trace.attributes import module_has, read_attribute, set_attribute
from jaxlint.trace.binding import Arguments
from jaxlint.trace.library_functions import LIBRARY_FUNCTIONS
from jaxlint.trace.narrowing import has_attribute, instance_of
from jaxlint.trace.observations import ConversionKind, Display, IteratorAdvance, Site, TypeTest
from jaxlint.trace.operations import (
    binary,
    convert,
    items_of,
    iterate,
    python_index,
    range_bound,
    truth,
)
from jaxlint.trace.text import text_of
from jaxlint.values import (
    FALSE,
    HOST,
    HOST_BOOL,
    HOST_FLOAT,
    HOST_INT,
    NONE,
    TRUE,
    UNKNOWN,
    Answer,
    Array,
    Class,
    Const,
    Dict,
    External,
    Function,
    Host,
    HostKind,
    Instance,
    Iterator,
    List,
    Module,
    NumPyArray,
    Set,
    Slice,
    Super,
    Transformed,
    Tree,
    Tuple,
    TupleOf,
    TypeOf,
    Value,
    View,
    alternatives,
    join,
    join_all,
)
from jaxlint.values.pytree import tracing_of

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer

Builtin = Callable[["Tracer", "Frame", "nodes.NodeNG", Arguments], Value]


def _first(arguments: Arguments) -> Value:
    return arguments.positional[0] if arguments.positional else UNKNOWN


# ------------------------------------------------------------------------------------------------ conversions


def _conversion(kind: ConversionKind, result: Value) -> Builtin:
    def convert_it(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
        value = _first(arguments)
        convert(t, frame, node, value, kind, kind.value)
        python = {ConversionKind.INT: int, ConversionKind.FLOAT: float, ConversionKind.BOOL: bool}.get(kind)
        if isinstance(value, Const) and python is not None and not isinstance(value.value, str | bytes):
            try:
                return Const(python(value.value))
            except (TypeError, ValueError, OverflowError):
                return result
        return result

    return convert_it


def _text(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    return text_of(arguments.positional[:1])


def _len(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = _first(arguments)
    items = items_of(value) if not isinstance(value, Array | Iterator) else None
    if items is not None:
        return Const(len(items))
    if isinstance(value, Array | NumPyArray) and value.shape:
        return HOST_INT if value.shape[0] is None else Const(value.shape[0])
    return HOST_INT


def _range(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    for value in arguments.positional:
        range_bound(t, frame, node, value)
    numbers = [value.value for value in arguments.positional if isinstance(value, Const)]
    if len(numbers) == len(arguments.positional) and all(type(n) is int for n in numbers) and numbers:
        integers = [n for n in numbers if isinstance(n, int)]
        try:
            steps = range(*integers)
        except (TypeError, ValueError):
            return View(HOST_INT)
        if len(steps) <= t.budgets.unrolled:
            return View(HOST_INT, tuple(Const(n) for n in steps))
    return View(HOST_INT)


def _slice(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    match arguments.positional:
        case _ if not arguments.is_exact:
            return UNKNOWN
        case (upper,):
            return Slice(None, upper)
        case (lower, upper):
            return Slice(lower, upper)
        case (lower, upper, step):
            return Slice(lower, upper, step)
    return UNKNOWN


def _hash(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    convert(t, frame, node, _first(arguments), ConversionKind.HASH, "hash")
    return HOST_INT


def _format(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) > 1 and arguments.positional[1] != Const(""):
        convert(t, frame, node, arguments.positional[0], ConversionKind.FORMAT, "format")
    return text_of(arguments.positional[:1])


# ------------------------------------------------------------------------------------------------ iteration


def _sequence(make: Callable[[tuple[Value, ...] | None, Value, int], Value]) -> Builtin:
    def made(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
        depth = frame.context.depth
        if not arguments.positional:
            return make((), UNKNOWN, depth)
        value = arguments.positional[0]
        items = items_of(value)
        element = iterate(t, frame, node, value)
        return make(items, element, depth)

    return made


def _made_list(items: tuple[Value, ...] | None, element: Value, depth: int) -> Value:
    return List(items, UNKNOWN if items is not None else element, depth)


def _made_tuple(items: tuple[Value, ...] | None, element: Value, depth: int) -> Value:
    del depth
    return TupleOf(element) if items is None else Tuple(items)


def _made_iterator(items: tuple[Value, ...] | None, element: Value, depth: int) -> Value:
    return Iterator(element, depth, items)


def _set(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if not arguments.positional:
        return Set(UNKNOWN, frame.context.depth)
    element = iterate(t, frame, node, arguments.positional[0])
    if isinstance(element, Array):
        python_index(t, frame, node, Display.SET, element)
    return Set(element, frame.context.depth)


def _dict(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    result = Dict((), None, frame.context.depth)
    if arguments.positional:
        value = arguments.positional[0]
        if isinstance(value, Dict):
            result = Dict(value.items, value.rest, frame.context.depth)
        else:
            items = items_of(value)
            pairs = [items_of(item) for item in items] if items is not None else None
            if pairs is not None and all(p is not None and len(p) == 2 and isinstance(p[0], Const) for p in pairs):
                for pair in pairs:
                    if pair is not None and isinstance(pair[0], Const):
                        result = result.with_item(pair[0].value, pair[1])
            else:
                element = iterate(t, frame, node, value)
                rest = element.items[1] if isinstance(element, Tuple) and len(element.items) == 2 else UNKNOWN
                result = Dict((), rest, frame.context.depth)
    for key, value in arguments.keywords:
        result = result.with_item(key, value)
    if arguments.star_keywords is not None:
        result = Dict(result.items, arguments.star_keywords, result.made)
    return result


def _enumerate(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = _first(arguments)
    items = items_of(value)
    element = Tuple((HOST_INT, iterate(t, frame, node, value)))
    if items is None or len(arguments.positional) > 1 or arguments.keywords:
        return Iterator(element, frame.context.depth)
    pairs = tuple(Tuple((Const(index), item)) for index, item in enumerate(items))
    return Iterator(element, frame.context.depth, pairs)


def _zip(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if arguments.star is not None:
        # zip(*pairs): each column holds what the pairs hold at its place.
        return Iterator(TupleOf(iterate(t, frame, node, arguments.star)), frame.context.depth)
    columns = [items_of(value) for value in arguments.positional]
    element = Tuple(tuple(iterate(t, frame, node, value) for value in arguments.positional))
    if columns and all(column is not None for column in columns):
        rows = zip(*(column for column in columns if column is not None), strict=False)
        return Iterator(element, frame.context.depth, tuple(Tuple(tuple(row)) for row in rows))
    return Iterator(element, frame.context.depth)


def _map(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    function, *iterables = arguments.positional
    columns = [items_of(value) for value in iterables]
    if all(column is not None and len(column) <= t.budgets.unrolled for column in columns):
        rows = list(zip(*(column for column in columns if column is not None), strict=False))
        results = tuple(t.call(frame, node, function, Arguments(tuple(row))) for row in rows)
        return Iterator(join_all(results), frame.context.depth, results)
    elements = tuple(iterate(t, frame, node, value) for value in iterables)
    return Iterator(t.call(frame, node, function, Arguments(elements)), frame.context.depth)


def _filter(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    function, iterable = arguments.positional[:2]
    element = iterate(t, frame, node, iterable)
    kept = element if function == NONE else t.call(frame, node, function, Arguments((element,)))
    truth(t, frame, node, kept, Site.BUILTIN, "filter")
    return Iterator(element, frame.context.depth)


def _next(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = _first(arguments)
    result: Value = UNKNOWN
    if isinstance(value, Iterator):
        t.observe(IteratorAdvance(node, frame, value, value.made))
        result = value.element
    elif isinstance(value, Instance):
        result = t.call(frame, node, read_attribute(t, frame, node, value, "__next__"), Arguments())
    return result if len(arguments.positional) < 2 else join(result, arguments.positional[1])


# ------------------------------------------------------------------------------------------------ truth of members


def _any_all(name: str) -> Builtin:
    def asks(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
        value = _first(arguments)
        stops = Answer.YES if name == "any" else Answer.NO
        items = items_of(value)
        if items is None:
            truth(t, frame, node, iterate(t, frame, node, value), Site.BUILTIN, name)
            return HOST_BOOL
        for item in items:
            answer = truth(t, frame, node, item, Site.BUILTIN, name)
            if answer is stops:
                return Const(name == "any")
            if answer is Answer.UNKNOWN:
                return HOST_BOOL
        return Const(name == "all")

    return asks


def _extreme(name: str) -> Builtin:
    def picks(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
        operands = arguments.positional
        key = arguments.keyword("key")
        if len(operands) == 1:
            items = items_of(operands[0])
            operands = items if items is not None else (iterate(t, frame, node, operands[0]),) * 2
        if arguments.star is not None:
            operands = (*operands, arguments.star)
        if not operands:
            return UNKNOWN
        compared = operands if key is None else tuple(t.call(frame, node, key, Arguments((v,))) for v in operands)
        best = compared[0]
        for value in compared[1:]:
            outcome = binary(t, frame, node, value, "<" if name != "max" else ">", best)
            truth(t, frame, node, outcome, Site.BUILTIN, name)
            best = join(best, value)
        if all(isinstance(v, Const) and isinstance(v.value, int | float) for v in operands) and key is None:
            numbers = [v.value for v in operands if isinstance(v, Const) and isinstance(v.value, int | float)]
            return Const(min(numbers) if name == "min" else max(numbers))
        result = join_all(operands)
        return result if name != "sorted" else List(None, result, frame.context.depth)

    return picks


def _sum(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = _first(arguments)
    total: Value = arguments.get(1, "start") or Const(0)
    items = items_of(value) if not isinstance(value, Array) else None
    for item in items if items is not None else (iterate(t, frame, node, value),):
        total = binary(t, frame, node, total, "+", item)
    return total


def _arithmetic(name: str) -> Builtin:
    def computes(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
        value = _first(arguments)
        if isinstance(value, Array | Tree):
            return Array(frame.context.result_of(tracing_of(value)), why=value.why)
        if isinstance(value, Const) and name == "abs" and isinstance(value.value, int | float):
            return Const(abs(value.value))
        if isinstance(value, Const | Host):
            return HOST_INT if name == "round" and len(arguments.positional) == 1 else value if name != "pow" else HOST
        return NumPyArray() if isinstance(value, NumPyArray) else UNKNOWN

    return computes


def _divmod(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    left, right = arguments.positional[:2]
    return Tuple((binary(t, frame, node, left, "//", right), binary(t, frame, node, left, "%", right)))


def _pow(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    return binary(t, frame, node, arguments.positional[0], "**", arguments.positional[1])


# ------------------------------------------------------------------------------------------------ objects and types


def _isinstance(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return HOST_BOOL
    t.observe(TypeTest(node, frame, arguments.positional[0], arguments.positional[1]))
    answers = {instance_of(option, arguments.positional[1]) for option in alternatives(arguments.positional[0])}
    if len(answers) != 1:
        return HOST_BOOL
    answer = answers.pop()
    return HOST_BOOL if answer is Answer.UNKNOWN else (TRUE if answer is Answer.YES else FALSE)


def _callable(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = _first(arguments)
    if isinstance(value, Function | Class | Transformed):
        return TRUE
    return FALSE if isinstance(value, Const | Array | List | Dict | Tuple | NumPyArray) else HOST_BOOL


def _type(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = _first(arguments)
    if isinstance(value, Instance) and value.exact:
        return value.cls
    if isinstance(value, Const):
        return External(f"builtins.{type(value.value).__name__}")
    return TypeOf(value) if isinstance(value, Array) else UNKNOWN


def _getattr(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    target, name = arguments.positional[:2]
    if not (isinstance(name, Const) and isinstance(name.value, str)):
        return UNKNOWN
    value = read_attribute(t, frame, node, target, name.value)
    return value if len(arguments.positional) < 3 else join(value, arguments.positional[2])


def _setattr(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    match arguments.positional:
        case (target, Const(str() as name), value) if arguments.nodes:
            set_attribute(t, frame, node, arguments.nodes[0], target, name, value)
    return NONE


def _hasattr(t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    match arguments.positional:
        case (value, Const(str() as name)):
            answers = {
                module_has(t, option, name) if isinstance(option, Module) else has_attribute(option, name)
                for option in alternatives(value)
            }
            if len(answers) == 1:
                return {Answer.YES: TRUE, Answer.NO: FALSE}.get(answers.pop(), HOST_BOOL)
    return HOST_BOOL


def _super(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    owner: Value | None = frame.owner
    scope: Frame | None = frame
    while owner is None and scope is not None:
        owner, scope = scope.owner, scope.parent
    receiver: Value | None = None
    if len(arguments.positional) == 2:
        owner, receiver = arguments.positional
    elif frame.function is not None:
        args = frame.function.node.args
        names = [*args.posonlyargs, *(args.args or ())]
        receiver = frame.env.get(names[0].name) if names else None
    if isinstance(owner, Class) and receiver is not None:
        return Super(owner, receiver)
    return UNKNOWN


def _answers(result: Value) -> Builtin:
    def constant(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, _arguments: Arguments) -> Value:
        return result

    return constant


_NAMES: dict[str, Builtin] = {
    "int": _conversion(ConversionKind.INT, HOST_INT),
    "float": _conversion(ConversionKind.FLOAT, HOST_FLOAT),
    "bool": _conversion(ConversionKind.BOOL, HOST_BOOL),
    "complex": _conversion(ConversionKind.COMPLEX, Host(HostKind.COMPLEX)),
    "str": _text,
    "repr": _text,
    "ascii": _text,
    "len": _len,
    "range": _range,
    "slice": _slice,
    "hash": _hash,
    "format": _format,
    "list": _sequence(_made_list),
    "tuple": _sequence(_made_tuple),
    "iter": _sequence(_made_iterator),
    "reversed": _sequence(lambda items, element, depth: Iterator(element, depth, items and items[::-1])),
    "set": _set,
    "frozenset": _set,
    "dict": _dict,
    "enumerate": _enumerate,
    "zip": _zip,
    "map": _map,
    "filter": _filter,
    "next": _next,
    "any": _any_all("any"),
    "all": _any_all("all"),
    "min": _extreme("min"),
    "max": _extreme("max"),
    "sorted": _extreme("sorted"),
    "sum": _sum,
    "abs": _arithmetic("abs"),
    "round": _arithmetic("round"),
    "pow": _pow,
    "divmod": _divmod,
    "isinstance": _isinstance,
    "issubclass": _answers(HOST_BOOL),
    "callable": _callable,
    "type": _type,
    "id": _answers(HOST_INT),
    "getattr": _getattr,
    "setattr": _setattr,
    "hasattr": _hasattr,
    "super": _super,
    "object": _answers(HOST),
}

BUILTINS: Mapping[str, Builtin] = MappingProxyType(
    {f"builtins.{name}": function for name, function in _NAMES.items()} | dict(LIBRARY_FUNCTIONS)
)

__all__ = ["BUILTINS"]
