"""Retracing: what makes JAX trace and compile the same function again and again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import Hiding, Wrapper
from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.observations import LoopCall, TransformedCall
from jaxlint.trace.python_loops import names_in, runs_eagerly
from jaxlint.trace.repeated import frame_of, repetition_of
from jaxlint.values import Function

JIT_IN_LOOP = Rule(
    6606,
    "jax-jit-in-loop",
    Severity.REFACTOR,
    "`{code}` is a new function in each step of the loop in {line}, and {transformation} traces and compiles each: one "
    "compilation a step; {instead}",
    explanation="""A function is made and compiled anew in each step of a loop.

What it does
Reports `jax.jit` and its like of a lambda, a nested function, a bound method, a `partial`, `vmap(f)` or `grad(f)` that is
made in a Python loop, or in a function that the loop calls, and is called there; and `lax.scan`, `cond`, `fori_loop`,
`while_loop` with a lambda or nested function that is made in the loop, outside of `jit`.

Why
JAX finds a compiled program by the identity of the function. The cost of a function that is new in each step is one
trace and one compilation a step, most often a thousand times what the program itself takes.

    for x in batches:
        params = jax.jit(lambda p: p - 0.1 * grad(p))(params)

Write instead
    step = jax.jit(lambda p: p - 0.1 * grad(p))           # before the loop
    for x in batches:
        params = step(params)
and what differs from step to step is an argument: `jax.jit(lambda p, rate: …)`. Around `lax.scan` and its like, put `jit`.

When it stays silent
For a function that is not made in the loop: `jax.jit(f)` of a named function finds its program again. In traced code, under
a condition, in comprehensions; where the transformation is another one in each step; where the function depends on what is
no array or float and differs from step to step, such as a size or another function, since each step needs a program of its
own then.

References
https://docs.jax.dev/en/latest/jit-compilation.html#jit-and-caching
https://docs.jax.dev/en/latest/_autosummary/jax.jit.html
""",
)


class RetracingListeners:
    """The rule about functions made anew."""

    rules: ClassVar[tuple[Rule, ...]] = (JIT_IN_LOOP,)

    @listens_to(TransformedCall)
    def wrapper_anew(self, call: TransformedCall) -> Iterator[Finding]:
        """`jit(lambda x: …)(x)`."""
        wrapper, place = call.transformed.transformation, call.transformed.node
        if place is None or not isinstance(wrapper, Wrapper) or not runs_eagerly(call.frame):
            return
        if not wrapper.caches or not wrapper.compiled:
            return
        made = _made_of(place)
        frame = frame_of(call.frame, place) if made is not None else None
        if frame is None or made is None or not runs_eagerly(frame):
            return
        repetition = repetition_of(frame, made if isinstance(made, nodes.FunctionDef) else place)
        function = call.transformed.function
        if repetition is None or not (wrapper.hashes or isinstance(function, Function)):
            return
        if isinstance(place, nodes.Call) and names_in(place.func) & repetition.own:
            return  # for transformation in (jax.jit, jax.vmap): one of the steps compiles, not each
        if isinstance(place.parent, nodes.Attribute) and place.parent.attrname in _AHEAD_OF_TIME:
            return  # jax.jit(f).lower(x).compile(): that it compiles is what it is for
        if repetition.fresh(made, function) and repetition.always_alike(_definition(made, function)):
            fills = {
                "code": made.name if isinstance(made, nodes.FunctionDef) else source_of(made),
                "line": repetition.where,
                "transformation": wrapper.path,
                "instead": "make it once, before the loop, and pass what differs as an argument",
            }
            yield Finding(JIT_IN_LOOP, place, fills)

    @listens_to(LoopCall)
    def loop_anew(self, call: LoopCall) -> Iterator[Finding]:
        """`scan(lambda c, x: …, …)` outside of `jit`."""
        if not call.loop.caches or call.loop.hiding is not Hiding.HIDDEN or not runs_eagerly(call.frame):
            return
        repetition = repetition_of(call.frame, call.node)
        if repetition is None or not isinstance(repetition.code, nodes.For | nodes.While):
            return  # whoever calls a function in a loop may put that under `jit`
        for _, function in call.functions:
            if not isinstance(function, Function) or not repetition.makes(function.node):
                continue
            if repetition.always_alike(function.node):
                fills = {
                    "code": source_of(function.node) if isinstance(function.node, nodes.Lambda) else function.name,
                    "line": repetition.where,
                    "transformation": call.loop.path,
                    "instead": f"put jax.jit around what calls {call.loop.path}, or define the function before the loop",
                }
                yield Finding(JIT_IN_LOOP, call.node, fills)
                return


_AHEAD_OF_TIME = frozenset({"lower", "trace"})


def _made_of(place: nodes.NodeNG) -> nodes.NodeNG | None:
    """The expression for the function that is transformed at a place, or the definition below a decorator."""
    match place:
        case nodes.NodeNG(parent=nodes.Decorators(parent=nodes.FunctionDef() as function)):
            return function
        case nodes.Call(args=[made, *_]) if not isinstance(made, nodes.Starred):
            return made
    return None


def _definition(made: nodes.NodeNG, function: object) -> nodes.NodeNG:
    return function.node if isinstance(function, Function) else made


__all__ = ["JIT_IN_LOOP", "RetracingListeners"]
