"""Transformations that give a function back: `jit(f)`, `vmap(f)`, `grad(f)`, by the rows of `Wrapper`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import Hiding, Leaves, Returns, Selects, Wrapper
from jaxlint.trace import buffers, events, timing
from jaxlint.trace.binding import Arguments
from jaxlint.trace.context import Context
from jaxlint.trace.observations import StaticArgument, TransformApplied, TransformedCall
from jaxlint.trace.options import axes_of_mesh, integers, strings
from jaxlint.trace.places import peek, store
from jaxlint.trace.rebuilding import rebuilt, taken_apart
from jaxlint.trace.transform.bare import differentiated
from jaxlint.trace.transform.boundary import (
    FIRST_AXIS,
    derivative,
    enter,
    leave,
    open_trace,
    operands_of,
    unshaped,
)
from jaxlint.trace.transform.custom_rules import run_rules
from jaxlint.trace.transform.selection import alike, select, stacked_axis, traced_positions
from jaxlint.values import (
    HOST,
    NONE,
    UNKNOWN,
    Array,
    Class,
    Const,
    Dict,
    Instance,
    List,
    Partial,
    PytreeKind,
    Set,
    Tracing,
    Transformed,
    Tree,
    Tuple,
    Unknown,
    Value,
)
from jaxlint.values.functions import OTHERS, application
from jaxlint.values.pytree import leaves, map_leaves

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def apply_wrapper(t: Tracer, frame: Frame, node: nodes.NodeNG, wrapper: Wrapper, arguments: Arguments) -> Value:
    """`jit(f, …)`: a function with a transformation on it; without the function, a decorator."""
    function = arguments.named(wrapper.parameters, wrapper.function)
    options = _options(wrapper, arguments)
    if function is None:
        return Partial(t.external(wrapper.path), (), options) if wrapper.decorator_options else UNKNOWN
    if isinstance(function, Unknown):
        return Transformed(wrapper, UNKNOWN, options, node, frame.module_name)
    if wrapper.lifts and isinstance(function, Class):
        return _lifted(t, frame, node, wrapper, function, arguments)
    transformed = Transformed(wrapper, function, options, node, frame.module_name)
    t.transformed.setdefault(transformed, transformed)
    if isinstance(function, Transformed):
        t.wrapped.add(function)  # `jit(vmap(f))` is entered through `jit`
    t.origins.setdefault(transformed, frame)
    t.observe(TransformApplied(node, frame, wrapper, transformed, arguments))
    return transformed


def _lifted(t: Tracer, frame: Frame, node: nodes.NodeNG, wrapper: Wrapper, cls: Class, arguments: Arguments) -> Value:
    """A class of modules with the transformation on what its objects do when they are called."""
    lifted = Class(cls.name, cls.node, cls.module, (cls,), cls.environment)
    lifted.pytree, lifted.dataclass, lifted.frozen = cls.pytree, cls.dataclass, cls.frozen
    methods = arguments.keyword("methods")
    names = {"__call__"} if methods is None or methods == NONE else strings(methods) or set()
    for name in sorted(names):
        found = cls.find(name)
        if found is not None:
            given = replace(arguments, positional=(found[0], *arguments.positional[1:]))
            lifted.namespace[name] = apply_wrapper(t, frame, node, wrapper, given)
    return lifted


def _options(wrapper: Wrapper, arguments: Arguments) -> tuple[tuple[str, Value], ...]:
    given = [
        (name, value)
        for name, value in zip(wrapper.parameters, arguments.positional, strict=False)
        if name != wrapper.function
    ]
    given += [(name, value) for name, value in arguments.keywords if name != wrapper.function]
    if not arguments.is_exact:  # jax.grad(f, **options)
        given.append((OTHERS, UNKNOWN))
    return tuple(given)


def call_transformed(t: Tracer, frame: Frame, node: nodes.NodeNG, transformed: Transformed, arguments: Arguments) -> Value:
    """Call a function with a wrapper on it."""
    wrapper = transformed.transformation
    if not isinstance(wrapper, Wrapper):
        return UNKNOWN
    t.called.add(application(transformed))
    if wrapper.plain and frame.context.plain:
        if wrapper.selects is Selects.SCANNED:
            return UNKNOWN  # one step after the other, with slices that are not followed
        return t.call(frame, node, transformed.function, arguments)
    if isinstance(transformed.function, Unknown):
        return leave(UNKNOWN, frame.context, operands_of(arguments), only=wrapper.leaves)
    origin = transformed.node if transformed.node is not None else node
    axes = axes_of_mesh(transformed) if wrapper.blocks and not wrapper.binds else transformed.option("axis_name")
    once = isinstance(node, nodes.Call) and isinstance(node.func, nodes.Call)  # jax.checkpoint(f)(x)
    context = open_trace(frame, origin, wrapper, transformed.function, transformed.module, axes, once)
    if wrapper.axis and context.entry is not None:
        context = replace(context, entry=replace(context.entry, alike=alike(t, transformed)))
    inside = select(t, transformed, arguments, context)
    if context is frame.context:
        before = dict(events.events(frame.env)) if wrapper.hiding is Hiding.BARE else {}
        result = returned = t.call(frame, node, transformed.function, inside)
        if wrapper.returns is Returns.FIRST:
            result = _first(result)
        if wrapper.hiding is Hiding.BARE:
            run_rules(t, frame, node, transformed, inside, result, before)
            given = _selected(t, transformed, arguments)
            result = differentiated(result, operands_of(Arguments(given, (), arguments.star, arguments.star_keywords)))
    else:
        positional = tuple(
            rebuilt(t, frame, node, value, entered, context, lambda child: enter(child, wrapper, context))
            for value, entered in zip(arguments.positional, inside.positional, strict=True)
        )
        inside = replace(inside, positional=_kept_by_nobody(positional, arguments, context.depth))
        outer = frame.context
        frame.context = context
        try:
            result = t.call(frame, node, transformed.function, inside)
            for leaf in leaves(result):
                taken_apart(t, frame, node, leaf)
        finally:
            frame.context = outer
        returned = result
        if wrapper.updates:
            _take_back(t, frame, node, transformed, arguments)
        result = _result(frame, transformed, wrapper, arguments, result)
    if wrapper.returns in (Returns.GRADIENT, Returns.JACOBIAN):
        t.heedless.add(node)  # the derivative of a linear function is constant
    traced = _traced_arguments(t, transformed, arguments)
    t.observe(TransformedCall(node, frame, transformed, arguments, result, traced, returned))
    if t.listens(StaticArgument) and wrapper.selects is Selects.NOT_STATIC and node is not transformed.node:
        for place, value in _static_arguments(t, transformed, arguments, node):
            t.observe(StaticArgument(node, frame, transformed, value, place))
    buffers.called(t, frame, node, transformed, arguments, result)
    if wrapper.caches and wrapper.computes and isinstance(node, nodes.Call):
        timing.dispatched(frame, node)
    return result


def _kept_by_nobody(entered: tuple[Value, ...], arguments: Arguments, depth: int) -> tuple[Value, ...]:
    """The arguments inside; a container that is handed on as it is, and that the call itself makes, ends with the trace:
    `grad(f)(x, list(args))`.
    """
    if len(arguments.nodes) != len(entered):
        return entered
    return tuple(
        replace(value, made=depth) if value is given and isinstance(value, List | Dict | Set) and _makes(node) else value
        for value, given, node in zip(entered, arguments.positional, arguments.nodes, strict=True)
    )


def _makes(node: nodes.NodeNG) -> bool:
    """Whether an expression makes the container that it gives."""
    match node:
        case nodes.List() | nodes.Dict() | nodes.Set() | nodes.ListComp() | nodes.DictComp() | nodes.SetComp():
            return True
        case nodes.Call(func=nodes.Name(name="list" | "dict" | "set")):
            return True
    return False


def _take_back(t: Tracer, frame: Frame, node: nodes.NodeNG, transformed: Transformed, arguments: Arguments) -> None:
    """What was written into the objects with state that were given is theirs now."""
    operands = operands_of(arguments)
    places = list(arguments.nodes)
    if len(places) < len(arguments.positional) and isinstance(node, nodes.Call) and isinstance(node.func, nodes.Attribute):
        places = [node.func.expr, *places]
    for place in places:
        held = peek(t, frame, place)
        if isinstance(held, Instance) and isinstance(held.cls, Class) and held.cls.pytree is PytreeKind.STATE:
            store(t, frame, place, leave(held, frame.context, operands))


def _traced_arguments(t: Tracer, transformed: Transformed, arguments: Arguments) -> tuple[Value, ...]:
    return _selected(t, transformed, arguments) if t.listens(TransformedCall) else ()


def _selected(t: Tracer, transformed: Transformed, arguments: Arguments) -> tuple[Value, ...]:
    """The arguments that the wrapper is about."""
    traced = traced_positions(t, transformed, len(arguments.positional))
    positional = [value for index, value in enumerate(arguments.positional) if traced(index, None)]
    return (*positional, *(value for name, value in arguments.keywords if traced(None, name)))


def _static_arguments(
    t: Tracer, transformed: Transformed, arguments: Arguments, call: nodes.NodeNG
) -> list[tuple[nodes.NodeNG | None, Value]]:
    """The static arguments of a call, with the expressions that were written for them."""
    which = traced_positions(t, transformed, len(arguments.positional))
    before = len(arguments.positional) - len(arguments.nodes)  # a receiver, say, that is not written as an argument
    given = [None] * before + list(arguments.nodes) if before >= 0 else []
    written = {keyword.arg: keyword.value for keyword in (call.keywords if isinstance(call, nodes.Call) else ())}
    positional = [
        (given[index] if index < len(given) else None, value)
        for index, value in enumerate(arguments.positional)
        if which.leaves_out(index, None)
    ]
    return positional + [(written.get(name), value) for name, value in arguments.keywords if which.leaves_out(None, name)]


def _result(frame: Frame, transformed: Transformed, wrapper: Wrapper, arguments: Arguments, result: Value) -> Value:
    outer = frame.context
    operands = operands_of(arguments)
    only = wrapper.leaves
    match wrapper.returns:
        case Returns.SAME:
            given = leave(result, outer, operands, stacked_axis(transformed, arguments), only)
            shapeless = wrapper.blocks or wrapper.selects is Selects.LOOPED
            return map_leaves(given, unshaped) if shapeless else given
        case Returns.GRADIENT:
            gradient = _gradient(transformed, arguments, outer, operands)
            aux = _auxiliary(transformed, result)
            return gradient if aux is None else Tuple((gradient, leave(aux, outer, operands, only=only)))
        case Returns.VALUE_AND_GRADIENT:
            gradient = _gradient(transformed, arguments, outer, operands)
            return Tuple((leave(result, outer, operands, only=only), gradient))
        case Returns.CARRY_AND_STACK:
            items = result.items if isinstance(result, Tuple | List) else None
            carry, stacked = items if items is not None and len(items) == 2 else (UNKNOWN, UNKNOWN)
            shaped = transformed.option("out_axes") is None
            parts = leave(carry, outer, operands), leave(stacked, outer, operands, FIRST_AXIS)
            return Tuple(parts if shaped else tuple(map_leaves(part, unshaped) for part in parts))
        case Returns.JACOBIAN:
            return derivative(Tree(outer.result_of(operands), outer.entry), outer)
        case Returns.JAXPR | Returns.SHAPES:
            return HOST
        case Returns.ERROR_AND_VALUE:
            return Tuple((UNKNOWN, leave(result, outer, operands)))
        case Returns.FIRST:
            return leave(_first(result), outer, operands)
        case Returns.UNKNOWN:
            return Tree(outer.result_of(operands), outer.entry)


def _first(result: Value) -> Value:
    return result.items[0] if isinstance(result, Tuple) and result.items else UNKNOWN


def _gradient(transformed: Transformed, arguments: Arguments, outer: Context, operands: Tracing) -> Value:
    given = transformed.option("argnums")
    wrapper = transformed.transformation
    assert isinstance(wrapper, Wrapper)  # call_transformed asked
    single = given is None or (isinstance(given, Const) and isinstance(given.value, int))
    numbers = [0] if given is None else sorted(integers(given) or ())
    gradients: list[Value] = []
    for number in numbers:
        value = arguments.positional[number] if -len(arguments.positional) <= number < len(arguments.positional) else UNKNOWN
        gradient = derivative(leave(value, outer, operands), outer)
        if wrapper.leaves is Leaves.INEXACT:
            gradient = map_leaves(gradient, lambda leaf: leaf if isinstance(leaf, Array | Tree) else UNKNOWN)
        gradients.append(gradient)
    if not gradients:
        return UNKNOWN
    return gradients[0] if single else Tuple(tuple(gradients))


def _auxiliary(transformed: Transformed, result: Value) -> Value | None:
    option = transformed.option("has_aux")
    if option is None or option == Const(False):
        return None
    return result.items[1] if isinstance(result, Tuple) and len(result.items) == 2 else UNKNOWN
