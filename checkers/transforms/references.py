"""Mutable arrays: what may be done with `jax.new_ref(x)` itself, and what with its content only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.derivatives import DEPENDENT
from jaxlint.model.schema import Hiding, Loop, Staging, Wrapper
from jaxlint.rules import Finding, Rule, Severity, around, listens_to, source_of
from jaxlint.trace.observations import BinaryOperation, LibraryCall, LoopCall, TransformedCall, UnaryOperation
from jaxlint.values import Function, Ref, Value, underlying
from jaxlint.values.pytree import leaves

REF_MISUSE = Rule(
    6711,
    "jax-ref-misuse",
    Severity.ERROR,
    "`{code}` {what}; {instead}",
    explanation="""A mutable array is used as if it were its content.

What it does
Reports a mutable array (`jax.new_ref`, the reference that a kernel gets) as operand of an operator or as argument of a
function that computes; one that a function under `jax.jit`, `jax.checkpoint`, `lax.scan`, `cond` and their like returns,
also as part of the carry; and one that is passed twice in a call.

Why
The reference names a place in memory. It is no array: operators raise TypeError, methods AttributeError. It must not leave
the program that writes to it, nor come in under two names, since JAX has to know who writes where: ValueError.

    total = jax.new_ref(jnp.zeros(3))
    y = total + 1
    jax.lax.scan(lambda total, x: (total, x), total, xs)
    step(total, total)

Write instead
    y = total[...] + 1
    jax.lax.scan(lambda _, x: (None, accumulate(total, x)), None, xs)     # captured, and written to in the body
    return total[...]

When it stays silent
On `ref[...]`, `ref[i] = v`, `ref.shape`, `jax.freeze(ref)`; on `==`, which Python answers; where a reference is an argument
of a transformed function once, or captured; on the variables of frameworks, which may be operands.

References
https://docs.jax.dev/en/latest/array_refs.html
https://docs.jax.dev/en/latest/_autosummary/jax.new_ref.html
""",
)

_COMPUTES = "computes with the mutable array itself, which is none that holds values"
_READ = "read it first: `{name}[...]`"
_BY_IDENTITY = frozenset({"==", "!=", "is", "is not", "in", "not in"})


class ReferenceListeners:
    """The rule about mutable arrays."""

    rules: ClassVar[tuple[Rule, ...]] = (REF_MISUSE,)

    @listens_to(BinaryOperation)
    def operand(self, operation: BinaryOperation) -> Iterator[Finding]:
        """`ref + 1`."""
        if operation.operator in _BY_IDENTITY:
            return
        for place, value in zip(_operands(operation.node), (operation.left, operation.right), strict=False):
            if _is_reference(value):
                yield _read_first(operation, place)
                return

    @listens_to(UnaryOperation)
    def sole_operand(self, operation: UnaryOperation) -> Iterator[Finding]:
        """`-ref`."""
        if _is_reference(operation.value):
            yield _read_first(operation, getattr(operation.node, "operand", None))

    @listens_to(LibraryCall)
    def argument(self, call: LibraryCall) -> Iterator[Finding]:
        """`jnp.sin(ref)`."""
        if call.operation.path not in DEPENDENT:
            return
        for place, value in zip(call.arguments.nodes, call.arguments.positional, strict=False):
            if _is_reference(value):
                yield _read_first(call, place)
                return

    @listens_to(TransformedCall)
    def passed_twice(self, call: TransformedCall) -> Iterator[Finding]:
        """`step(ref, ref)`."""
        row = call.transformed.transformation
        if not isinstance(row, Wrapper) or row.hiding is not Hiding.HIDDEN:
            return
        given = zip(call.arguments.nodes, call.arguments.positional, strict=False)
        names = [place.name for place, value in given if isinstance(place, nodes.Name) and _is_reference(value)]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            what = f"passes the mutable array `{twice}` twice"
            fills = {"code": source_of(call.node), "what": what, "instead": "pass it once, or a copy of its content"}
            yield Finding(REF_MISUSE, call.node, fills, around(call))

    @listens_to(TransformedCall)
    def left(self, call: TransformedCall) -> Iterator[Finding]:
        """A transformed function returns a mutable array."""
        row, place = call.transformed.transformation, call.transformed.node
        if isinstance(row, Wrapper) and place is not None and _makes_program(row):
            yield from _returned(place, row, call.transformed.function, call.returned)

    @listens_to(LoopCall)
    def left_by_body(self, call: LoopCall) -> Iterator[Finding]:
        """A mutable array is a carry, or what a branch returns."""
        if _makes_program(call.loop):
            for (_, function), result in zip(call.functions, call.results, strict=False):
                found = list(_returned(call.node, call.loop, function, result))
                if found:
                    yield from found
                    return


def _operands(node: nodes.NodeNG) -> tuple[nodes.NodeNG | None, nodes.NodeNG | None]:
    """Both sides of an operator, as they are written."""
    match node:
        case nodes.BinOp(left=left, right=right) | nodes.Compare(left=left, ops=[(_, right)]):
            return left, right
        case nodes.AugAssign(target=target, value=value):
            return target, value
    return None, None


def _is_reference(value: Value) -> bool:
    return isinstance(value, Ref) and value.bare


def _makes_program(row: Wrapper | Loop) -> bool:
    return row.hiding is Hiding.HIDDEN and row.staging is Staging.YES


def _read_first(seen: BinaryOperation | UnaryOperation | LibraryCall, place: nodes.NodeNG | None) -> Finding:
    name = source_of(place) if place is not None else "ref"
    fills = {"code": source_of(seen.node), "what": _COMPUTES, "instead": _READ.format(name=name)}
    return Finding(REF_MISUSE, seen.node, fills, around(seen))


def _returned(place: nodes.NodeNG, row: Wrapper | Loop, function: Value, result: Value) -> Iterator[Finding]:
    base = underlying(function)
    if isinstance(base, Function) and any(map(_is_reference, leaves(result))):
        what = f"returns a mutable array under {row.path}, which it must not leave"
        fills = {"code": base.name, "what": what, "instead": "return its content, `[...]`, or write to one from outside"}
        yield Finding(REF_MISUSE, place, fills)


__all__ = ["REF_MISUSE", "ReferenceListeners"]
