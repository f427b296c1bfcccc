"""Functions of the standard library and of JAX whose result has the structure of their arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from types import MappingProxyType
from typing import TYPE_CHECKING

from jaxlint.trace.arithmetic import binary
from jaxlint.trace.binding import Arguments, Builtin
from jaxlint.trace.contexts import MANAGERS
from jaxlint.trace.descriptors import PartialMethod
from jaxlint.trace.dispatch import DISPATCH
from jaxlint.trace.items import read_item, set_item
from jaxlint.trace.iteration import items_of, iterate
from jaxlint.trace.named_tuples import CLASS_MAKERS
from jaxlint.trace.observations import Site
from jaxlint.trace.parametrized import PARAMETRIZED
from jaxlint.trace.pytrees import PYTREES
from jaxlint.trace.records import RECORDS
from jaxlint.trace.transform.boundary import linear
from jaxlint.trace.truth import truth
from jaxlint.values import (
    HOST,
    HOST_INT,
    NONE,
    UNKNOWN,
    Array,
    Class,
    Const,
    Dict,
    External,
    Fields,
    Function,
    Instance,
    Iterator,
    List,
    Partial,
    Ref,
    Tracing,
    Tree,
    Value,
    join,
    join_all,
)
from jaxlint.values.dependence import lanes
from jaxlint.values.pytree import map_leaves, worst

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


# ------------------------------------------------------------------------------------------------ functools


def _partial(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    if not arguments.positional or not arguments.is_exact:
        return UNKNOWN
    function, *rest = arguments.positional
    if isinstance(function, Partial):
        merged = dict(function.keywords) | dict(arguments.keywords)
        return Partial(function.function, (*function.arguments, *rest), tuple(merged.items()))
    return Partial(function, tuple(rest), arguments.keywords)


def _partial_method(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = _partial(t, frame, node, arguments)
    return PartialMethod(value) if isinstance(value, Partial) else value


def _tree_partial(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`jax.tree_util.Partial(f, …)`, `equinox.Partial(f, …)`."""
    value = _partial(t, frame, node, arguments)
    return replace(value, pytree=True) if isinstance(value, Partial) else value


def _cached(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`functools.cache(f)`, `functools.lru_cache(f)`, `functools.lru_cache(maxsize=8)`."""
    match arguments.positional:
        case (Function() as function,):
            return replace(function, cached=True)
        case (Const(),) | (Const(), Const()) | ():
            return External("functools.cache")
    return arguments.first


def _wraps(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    return Partial(External(_WRAPPER), arguments.positional[:1])


def _wrapper(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    match arguments.positional:
        case (wrapped, Function() as function):
            return replace(function, wraps=wrapped)
    return arguments.positional[-1] if arguments.positional else UNKNOWN


_WRAPPER = "jaxlint.wrapper"


def _identity(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    return arguments.first


def _reduce(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    function, iterable, *initial = arguments.positional
    items = items_of(iterable)
    element = iterate(t, frame, node, iterable)

    def combine(total: Value, item: Value) -> Value:
        return t.call(frame, node, function, Arguments((total, item)))

    if items is not None and len(items) <= t.budgets.unrolled:
        pending = [*initial, *items]
        return reduce(combine, pending) if pending else UNKNOWN
    total = initial[0] if initial else element
    return join(total, combine(join(total, combine(total, element)), element))


# ------------------------------------------------------------------------------------------------ copy


def _copy(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = arguments.first
    if isinstance(value, List | Dict | Instance):
        return replace(value, made=frame.context.depth, rebuilt=False)
    return value


# ------------------------------------------------------------------------------------------------ objects


def _new_object(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`object.__new__(Class)`."""
    cls = arguments.first
    return Instance(cls, exact=True, made=frame.context.depth) if isinstance(cls, Class) else UNKNOWN


# ------------------------------------------------------------------------------------------------ arrays


def _new_ref(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = arguments.first
    if isinstance(value, Array):
        return Ref(value, bare=True)
    return Ref(Array(frame.context.result_of(worst(value)), why=frame.context.maker), bare=True)


def _stop_gradient(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """Under `grad` alone the primal itself, which is no tracer."""

    def leaf(child: Value) -> Value:
        if not isinstance(child, Array | Tree):
            return child
        child = replace(child, of=lanes(child.of)) if child.of else child
        if child.tracing is Tracing.HIDDEN:
            return child
        known = child.tracing in (Tracing.PRIMAL, Tracing.CONCRETE)
        return replace(child, tracing=frame.context.result_of(Tracing.CONCRETE if known else Tracing.UNKNOWN))

    return map_leaves(arguments.first, leaf)


def _linear(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """The function that `jax.linearize` gives beside the result."""
    return linear(arguments.first, frame.context, arguments.positional[1:])


# ------------------------------------------------------------------------------------------------ operator, itertools


def _operator(symbol: str) -> Builtin:
    def computes(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
        if len(arguments.positional) < 2:
            return UNKNOWN
        return binary(t, frame, node, arguments.positional[0], symbol, arguments.positional[1])

    return computes


def _getitem(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    return read_item(t, frame, node, arguments.positional[0], arguments.positional[1])


def _setitem(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) == 3 and arguments.nodes:
        set_item(t, frame, node, arguments.nodes[0], *arguments.positional)
    return NONE


def _truth(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    truth(t, frame, node, arguments.first, Site.CALL, "operator.truth")
    return HOST


def _chain(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    return Iterator(join_all(iterate(t, frame, node, v) for v in arguments.positional), frame.context.depth)


def _count(_t: Tracer, frame: Frame, _node: nodes.NodeNG, _arguments: Arguments) -> Value:
    return Iterator(HOST_INT, frame.context.depth)


def _cycle(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    return Iterator(iterate(t, frame, node, arguments.first), frame.context.depth)


def _defaultdict(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`defaultdict(list, items)`: whatever key is read, something stands under it."""
    factory = arguments.first if arguments.positional else NONE
    items = replace(arguments, positional=arguments.positional[1:], nodes=())
    made = t.call(frame, node, t.external("builtins.dict"), items)
    if not isinstance(made, Dict) or factory == NONE:
        return made
    fresh = t.call(frame, node, factory, Arguments())
    return replace(made, rest=fresh if made.rest is None else join(made.rest, fresh))


def _deque(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if not arguments.positional:
        return List((), UNKNOWN, frame.context.depth)
    return List(None, iterate(t, frame, node, arguments.positional[0]), frame.context.depth)


def _namespace(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    fields = Fields(dict(arguments.keywords)) if arguments.is_exact and not arguments.positional else Fields()
    return Instance(External("types.SimpleNamespace"), fields, True, frame.context.depth)


def _logger(_t: Tracer, frame: Frame, _node: nodes.NodeNG, _arguments: Arguments) -> Value:
    return Instance(External("logging.Logger"), made=frame.context.depth)


def _cast(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    return arguments.positional[1] if len(arguments.positional) > 1 else UNKNOWN


_OPERATORS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "matmul": "@",
    "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "and_": "&", "or_": "|", "xor": "^",
    "iadd": "+", "isub": "-", "imul": "*",
}  # fmt: skip

LIBRARY_FUNCTIONS: Mapping[str, Builtin] = MappingProxyType({
    "functools.partial": _partial,
    "functools.partialmethod": _partial_method,
    "jax.tree_util.Partial": _tree_partial,
    "equinox.Partial": _tree_partial,
    "functools.wraps": _wraps,
    _WRAPPER: _wrapper,
    "functools.cache": _cached,
    "functools.lru_cache": _cached,
    "jaxlint.identity": _identity,
    **DISPATCH,
    "functools.reduce": _reduce,
    "copy.copy": _copy,
    "copy.deepcopy": _copy,
    "typing.cast": _cast,
    "builtins.object.__new__": _new_object,
    "jax.new_ref": _new_ref,
    "jax.array_ref": _new_ref,
    "jax.lax.stop_gradient": _stop_gradient,
    "jaxlint.linear": _linear,
    **{f"operator.{name}": _operator(symbol) for name, symbol in _OPERATORS.items()},
    "operator.getitem": _getitem,
    "operator.setitem": _setitem,
    "operator.truth": _truth,
    "itertools.chain": _chain,
    "itertools.count": _count,
    "itertools.cycle": _cycle,
    "collections.defaultdict": _defaultdict,
    "collections.deque": _deque,
    "types.SimpleNamespace": _namespace,
    "logging.getLogger": _logger,
    **PYTREES,
    **RECORDS,
    **CLASS_MAKERS,
    **PARAMETRIZED,
    **MANAGERS,
})

