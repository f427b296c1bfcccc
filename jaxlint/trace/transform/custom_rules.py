"""The rules that a program gives for the derivative of a function of its own: `f.defjvp(rule)`, `f.defvjp(fwd, bwd)`.

JAX calls them where `f` is called and a derivative is being taken: a JVP rule on the primals and on tangents, which are
tracers of the linearization; the forward rule as `f` itself; the backward rule on what that kept, and on cotangents.

https://docs.jax.dev/en/latest/notebooks/Custom_derivative_rules_for_Python_code.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.model.schema import Wrapper
from jaxlint.trace import events
from jaxlint.trace.binding import Arguments, parameters_of
from jaxlint.trace.observations import DerivativeMissing, DerivativeRun
from jaxlint.trace.options import integers
from jaxlint.values import (
    UNKNOWN,
    Answer,
    Array,
    Const,
    Function,
    Host,
    NumPyArray,
    TraceEntry,
    Tracing,
    Transformed,
    Tree,
    Tuple,
    Value,
    underlying,
)
from jaxlint.values.provenance import entries
from jaxlint.values.pytree import map_leaves

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.context import Context
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def run_rules(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    transformed: Transformed,
    arguments: Arguments,
    result: Value,
    before: events.Events,
) -> None:
    """Walk the rules of a function with its own derivative, for a call with these arguments that gave this result.

    `before` is what had happened to keys and buffers before the call.
    """
    rules, derivative = t.rules_of.get(transformed), _derivative(frame.context)
    wrapper = transformed.transformation
    if not rules and isinstance(wrapper, Wrapper) and wrapper.rules:
        t.observe(DerivativeMissing(node, frame, transformed))
    if not isinstance(wrapper, Wrapper) or not rules or derivative is None or not arguments.is_exact or arguments.keywords:
        return
    kept = integers(transformed.option("nondiff_argnums") or Tuple(()))
    if kept is None:
        return
    arguments = replace(arguments, positional=(*arguments.positional, *_left_out(transformed.function, arguments)))
    given = arguments.positional
    fixed = tuple(value for index, value in enumerate(given) if index in kept)
    primals = tuple(value for index, value in enumerate(given) if index not in kept)
    if any(t.active.get(rule.node) for rule in map(underlying, rules) if isinstance(rule, Function)):
        return  # the rule itself calls the function, on values of which no derivative is taken there
    # JAX runs the rules in place of the function: what happens to a key there has happened in the function, too.
    once = events.take(frame, before)
    match wrapper.rules, tuple(rules):
        case ("defjvp", *_), (rule,):
            outer = frame.context
            tangents = Tuple(tuple(_tangents(value, outer, derivative) for value in primals))
            frame.context = _linearizing(outer, derivative)
            try:
                pair = t.call(frame, node, rule, Arguments((*fixed, Tuple(primals), tangents)))
            finally:
                frame.context = outer
            t.observe(DerivativeRun(node, frame, "defjvp", 0, rule, pair, len(primals)))
        case ("defvjp",), (forward, backward):
            kept_too = t.call(frame, node, forward, replace(arguments, nodes=()))
            t.observe(DerivativeRun(node, frame, "defvjp", 0, forward, kept_too, len(primals)))
            match kept_too:
                case Tuple((_, residuals)):
                    pass
                case _:
                    residuals = UNKNOWN
            cotangents = _cotangents(result, frame.context)
            returned = t.call(frame, node, backward, Arguments((*fixed, residuals, cotangents)))
            t.observe(DerivativeRun(node, frame, "defvjp", 1, backward, returned, len(primals)))
    events.take(frame, before)
    events.put(frame, once)


def _left_out(function: Value, arguments: Arguments) -> tuple[Value, ...]:
    """The defaults of parameters that the call leaves out: the rules get them as arguments."""
    if not isinstance(function, Function):
        return ()
    defaults = dict(function.defaults)
    names = parameters_of(function.node).positional[len(arguments.positional) :]
    return tuple(defaults.get(name, UNKNOWN) for name in names)


def _derivative(context: Context) -> TraceEntry | None:
    """The innermost trace of a derivative around the code."""
    return next((entry for entry in entries(context.entry) if not entry.hides), None)


def _linearizing(context: Context, derivative: TraceEntry) -> Context:
    """The context inside of a JVP rule: JAX traces there what is done with the tangents, however concrete the primals."""
    entry = context.entry
    if entry is None or derivative.transformation == "jax.jvp":
        return context
    return replace(context, entry=replace(entry, hides=True))


def _tangents(primal: Value, context: Context, derivative: TraceEntry) -> Value:
    """What stands beside a primal: tracers while JAX linearizes, which all but `jax.jvp` do."""
    tracing = Tracing.HIDDEN
    if derivative.transformation == "jax.jvp" and context.staging is not Answer.YES:
        tracing = Tracing.UNKNOWN

    def leaf(child: Value) -> Value:
        match child:
            case Array(shape=shape, dtype=dtype) if dtype is None or "float" in dtype:
                return Array(tracing, shape, dtype, why=context.entry)
            case NumPyArray(shape=shape):
                return Array(tracing, shape, why=context.entry)
            case Const(float()) | Host():
                return Array(tracing, (), why=context.entry)
            case Tree():
                return Tree(tracing, context.entry)
        return UNKNOWN

    return map_leaves(primal, leaf)


def _cotangents(result: Value, context: Context) -> Value:
    """What stands beside a result: tracers where all is staged out, and in a map those that depend on the lane."""

    def leaf(child: Value) -> Value:
        match child:
            case Array(shape=shape, dtype=dtype):
                tracing = Tracing.CONCRETE if child.tracing is Tracing.CONCRETE else Tracing.UNKNOWN
                return Array(context.result_of(tracing), shape, dtype, why=context.entry)
            case Tree():
                return Tree(context.result_of(Tracing.UNKNOWN), context.entry)
        return UNKNOWN

    return map_leaves(result, leaf)
