"""Loops and branches: what goes round must come back alike, and branches must give the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import Callee, Gives, Loop, Source
from jaxlint.rules import Finding, Rule, Severity, around, listens_to, source_of
from jaxlint.trace import dtypes, shapes
from jaxlint.trace.agreement import difference
from jaxlint.trace.binding import accepts
from jaxlint.trace.observations import LoopCall
from jaxlint.values import Array, Bound, Const, Dict, Function, List, Tracing, Tuple, Value, underlying
from jaxlint.values.pytree import leaves, map_leaves

BRANCH_MISMATCH = Rule(
    6705,
    "jax-branch-mismatch",
    Severity.ERROR,
    "the branches of `{code}` do not fit: {what}",
    explanation="""Branches of `cond` or `switch` do not agree.

What it does
Reports branches that return another structure, shape or dtype, and branches that do not take the operands.

Why
Both branches become one operation with one type, whichever runs: TypeError. A Python number agrees with an array of its
own kind only: `1` is no float32.

    jax.lax.cond(done, lambda x: x, lambda x: 0, x)

Write instead
    jax.lax.cond(done, lambda x: x, lambda x: jnp.zeros_like(x), x)
    jax.lax.cond(done, lambda x: (x, None), lambda x: (x + 1, None), x)

When it stays silent
Where too little is known of what a branch returns, and on `switch` with one branch, which is called.

References
https://docs.jax.dev/en/latest/_autosummary/jax.lax.cond.html
https://docs.jax.dev/en/latest/control-flow.html
""",
)

LOOP_CARRY = Rule(
    6706,
    "jax-loop-carry",
    Severity.ERROR,
    "the body of `{code}` does not fit: {what}",
    explanation="""The body of a loop does not fit the loop.

What it does
Reports bodies of `scan`, `fori_loop`, `while_loop`, `map` and `associative_scan` that take another number of arguments, that
return no pair `(carry, y)` to `scan`, or a carry with another structure, shape or dtype than came in, and conditions that
are no scalar truth.

Why
The body is compiled once for all steps, so the carry has one type: TypeError. A Python number as initial carry takes the
dtype of what the body returns where promotion leads there (`0` becomes float32; `0.0` does not become int32).

    jax.lax.scan(lambda total, x: total + x, 0.0, xs)                        # no pair
    jax.lax.fori_loop(0, 3, lambda i, x: x * 0.5, jnp.int32(8))              # int32 becomes float32

Write instead
    jax.lax.scan(lambda total, x: (total + x, None), 0.0, xs)
    jax.lax.fori_loop(0, 3, lambda i, x: x * 0.5, jnp.float32(8))

When it stays silent
Where too little is known of the carry or of what the body returns.

References
https://docs.jax.dev/en/latest/_autosummary/jax.lax.scan.html
https://docs.jax.dev/en/latest/_autosummary/jax.lax.fori_loop.html
""",
)


class CarryListeners:
    """The rules about loops and branches."""

    rules: ClassVar[tuple[Rule, ...]] = (BRANCH_MISMATCH, LOOP_CARRY)

    @listens_to(LoopCall)
    def branches(self, call: LoopCall) -> Iterator[Finding]:
        """`cond` and `switch`: operands, and what comes back."""
        if call.loop.gives is not Gives.RESULT or not _is_choice(call.loop) or len(call.functions) < 2:
            return
        what = _arity(call)
        if what is None:
            what = _unlike(call.first)
        if what is not None:
            yield Finding(BRANCH_MISMATCH, call.node, {"code": _name(call), "what": what}, around(call))

    @listens_to(LoopCall)
    def bodies(self, call: LoopCall) -> Iterator[Finding]:
        """`scan`, `fori_loop`, `while_loop`, `map`: arguments, and the carry."""
        if call.loop.gives not in (Gives.CARRY, Gives.CARRY_AND_STACK, Gives.STACK, Gives.PARTS):
            return
        what = _arity(call) or _condition(call) or _carry(call)
        if what is not None:
            yield Finding(LOOP_CARRY, call.node, {"code": _name(call), "what": what}, around(call))


def _name(call: LoopCall) -> str:
    return source_of(getattr(call.node, "func", call.node))


def _is_choice(loop: Loop) -> bool:
    return all(source.source is Source.REST for callee in loop.callees for source in callee.takes)


def _unlike(results: tuple[Value, ...]) -> str | None:
    """How a branch returns something else than the first one."""
    for other in results[1:]:
        found = difference(results[0], other)
        if found is not None:
            return f"one returns {found.one}, another {found.other}{found.place}"
    return None


def _arity(call: LoopCall) -> str | None:
    """How a function takes another number of arguments than it gets."""
    for callee, function in call.functions:
        count = _count(call, callee)
        if count is not None and not _takes(function, count):
            arguments = "one argument" if count == 1 else f"{count} arguments"
            return f"{getattr(underlying(function), 'name', 'a function')} is called with {arguments}"
    return None


def _takes(function: Value, count: int) -> bool:
    """Whether a function can be called with so many arguments, or nobody knows."""
    match function:
        case Function():
            return accepts(function, count)
        case Bound(function=Function() as method):
            return accepts(method, count + 1)
    return True


def _count(call: LoopCall, callee: Callee) -> int | None:
    if not call.arguments.is_exact:
        return None
    count = 0
    for source in callee.takes:
        if source.source is not Source.REST:
            count += 1
            continue
        if source.parameter not in call.loop.parameters or not source.parameter.startswith("*"):
            return None
        operands = call.arguments.positional[call.loop.parameters.index(source.parameter) :]
        if any(isinstance(operand, Function) for operand in operands) or call.arguments.keyword("operand") is not None:
            return None  # another way to call it, of former versions
        count += len(operands)
    return count


def _condition(call: LoopCall) -> str | None:
    """How the condition of a `while_loop` is no scalar truth."""
    if len(call.loop.callees) != 2:
        return None
    results = [
        value for (callee, _), value in zip(call.functions, call.first, strict=True) if callee is call.loop.callees[0]
    ]
    match results:
        case [Array(shape=shape, dtype=dtype)]:
            if shape:
                return f"the condition has {len(shape)} axes, and must be a scalar"
            if dtype not in (None, "bool"):
                return f"the condition is {dtype}, and must be bool"
        case [Const(None) | Tuple() | List() | Dict()]:
            return "the condition is no truth value"
    return None


def _carry(call: LoopCall) -> str | None:
    """How the body gives back another carry than it got."""
    callee = call.loop.callees[-1]
    names = [source.parameter for source in callee.takes if source.source is Source.CARRY]
    if not names or not call.first:
        return None
    returned = call.first[-1]
    if call.loop.gives is Gives.CARRY_AND_STACK:
        match returned:
            case Tuple((carry, _)) | List(items=(carry, _)):
                returned = carry
            case Tuple() | List(items=tuple()) | Const() | Array() | Dict():
                return "it must return a pair of the carry and what is stacked"
            case _:
                return None
    initial = call.arguments.get(call.loop.parameters.index(names[0]), names[0])
    if initial is None:
        return None
    if any(map(_gives_way, leaves(initial), leaves(returned))):
        # The body is traced anew then, and whatever else came out may have another dtype.
        initial = map_leaves(initial, _untyped)
    found = difference(initial, returned, promotes=True)
    if found is None:
        return None
    return f"the carry comes in as {found.one} and goes out as {found.other}{found.place}"


def _gives_way(before: Value, after: Value) -> bool:
    """Whether a weak dtype of the first carry becomes, or may become, that of what came out."""
    (dtype, weak), (wanted, _) = dtypes.dtype_of(before), dtypes.dtype_of(after)
    if dtype is None or weak is False or wanted == dtype:
        return False
    return wanted is None or dtypes.promoted((before, after))[0] in (wanted, None)


def _untyped(leaf: Value) -> Value:
    """A leaf of which the shape is all that is known."""
    shape = shapes.shape_of(leaf)
    return leaf if shape is None else Array(Tracing.UNKNOWN, shape)
