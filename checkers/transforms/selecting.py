"""What a map and a derivative make of a choice between two: both sides are computed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import Gives, Source
from jaxlint.rules import Finding, Rule, Severity, around, listens_to, source_of
from jaxlint.trace.observations import LibraryCall, LoopCall
from jaxlint.trace.scope import keyword_of
from jaxlint.values import Array, Tree
from jaxlint.values.dependence import Origin, Variable

WHERE_GRADIENT = Rule(
    6712,
    "jax-where-gradient",
    Severity.WARNING,
    "the gradient is NaN where `{test}` leaves `{operand}` out: the derivative of what is not taken is infinite there, and "
    "0 * inf is NaN; put a second where around the operand, which gives a harmless number instead",
    explanation="""A gradient that is NaN from the side of `where` that is not taken.

What it does
Reports `where` and `lax.select` under a derivative, of which one side is computed by `log`, `sqrt`, a division or a power
below one of just what the test leaves out at zero.

Why
`where` computes both sides. Going back, the side not taken gets the gradient 0, times the derivative there, which is
infinite: NaN, silently. `nan_to_num` around it does not help.

    jax.grad(lambda x: jnp.where(x > 0, jnp.log(x), 0.0))(0.0)          # nan

Write instead
    jax.grad(lambda x: jnp.where(x > 0, jnp.log(jnp.where(x > 0, x, 1.0)), 0.0))(0.0)
    jax.grad(lambda x: jax.lax.cond(x > 0, jnp.log, jnp.zeros_like, x))(0.0)     # of one number, outside of vmap

When it stays silent
Where no derivative is in view, where the operand is another expression than the one that is compared with zero, and where
the test is not written in the call.

References
https://docs.jax.dev/en/latest/faq.html#gradients-contain-nan-where-using-where
""",
)

VMAPPED_BRANCH = Rule(
    6713,
    "jax-vmapped-branch",
    Severity.REFACTOR,
    "vmap makes a select of `{code}`, since each lane has its own `{test}`: all {count} branches run for every lane; "
    "keep them cheap, or go over the lanes with jax.lax.map",
    explanation="""A branch under `vmap` that does not save what it skips.

What it does
Reports `cond` and `switch` whose predicate or index is of the slice that a `vmap` in view takes.

Why
The lanes of a map run as one operation. Where each has a predicate of its own, both branches are computed for all lanes
and the results selected: the costs of both, in every call. A `while_loop` inside of a branch runs as long as for the
slowest lane.

    jax.vmap(lambda x: jax.lax.cond(x > 0, expensive, cheap, x))(xs)

Write instead
    jax.lax.map(lambda x: jax.lax.cond(x > 0, expensive, cheap, x), xs)     # one after the other
    jnp.where(xs > 0, f(xs), g(xs))                                         # where both are cheap

When it stays silent
Where the predicate is the same for all lanes or not known to differ, under `pmap`, and where a branch hands its operands
on or the map is not in view.

References
https://docs.jax.dev/en/latest/_autosummary/jax.lax.cond.html
""",
    default=False,
)

_LEAVES_OUT = {Variable.POLE: (">", "<", "!="), Variable.ROOT: (">", ">=", "!=")}
_FLIPPED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "==": "==", "!=": "!="}
_NEGATED = {">": "<=", "<=": ">", "<": ">=", ">=": "<", "==": "!=", "!=": "=="}


class SelectingListeners:
    """The rules about choices of which both sides are computed."""

    rules: ClassVar[tuple[Rule, ...]] = (WHERE_GRADIENT, VMAPPED_BRANCH)

    @listens_to(LibraryCall)
    def where(self, call: LibraryCall) -> Iterator[Finding]:
        """`where(x > 0, log(x), 0)`."""
        node = call.node
        if not call.operation.chooses or not isinstance(node, nodes.Call) or len(node.args) != 3:
            return
        for side, value, taken in zip(node.args[1:], call.arguments.positional[1:], (True, False), strict=False):
            condition = _compared_with_zero(node.args[0], taken)
            if condition is None or not isinstance(value, Array | Tree):
                continue
            operand, operator = condition
            for origin in sorted(value.of, key=lambda origin: origin.depth):
                if operator in _LEAVES_OUT.get(origin.variable, ()) and _stands_in(origin, side, operand):
                    fills = {"test": source_of(node.args[0]), "operand": operand}
                    yield Finding(WHERE_GRADIENT, node, fills, around(call))
                    return

    @listens_to(LoopCall)
    def lanes(self, call: LoopCall) -> Iterator[Finding]:
        """`vmap` of a `cond`."""
        loop = call.loop
        sources = {source.source for callee in loop.callees for source in callee.takes}
        if loop.gives is not Gives.RESULT or sources != {Source.REST} or len(call.functions) < 2:
            return
        chosen = call.arguments.get(0, loop.parameters[0])
        mapped = [origin for origin in _of(chosen) if origin.variable is Variable.LANE]
        if not mapped or not isinstance(call.node, nodes.Call):
            return
        test = keyword_of(call.node, loop.parameters[0]) or next(iter(call.node.args), call.node)
        fills = {"code": source_of(call.node.func), "test": source_of(test), "count": str(len(call.functions))}
        yield Finding(VMAPPED_BRANCH, call.node, fills, around(call, mapped[-1].depth))


def _of(value: object) -> list[Origin]:
    return sorted(value.of, key=lambda origin: origin.depth) if isinstance(value, Array | Tree) else []


def _compared_with_zero(test: nodes.NodeNG, taken: bool) -> tuple[str, str] | None:
    """What is compared with zero, and how, for the side to be taken."""
    if not isinstance(test, nodes.Compare) or len(test.ops) != 1:
        return None
    (operator, right), left = test.ops[0], test.left
    if operator not in _FLIPPED:
        return None
    if _is_zero(left):
        left, right, operator = right, left, _FLIPPED[operator]
    if not _is_zero(right):
        return None
    return left.as_string(), operator if taken else _NEGATED[operator]


def _is_zero(node: nodes.NodeNG) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, int | float) and node.value == 0


def _stands_in(origin: Origin, side: nodes.NodeNG, operand: str) -> bool:
    """Whether the operation with the infinite derivative stands in this side of the call, and has this operand."""
    node = origin.node
    if not isinstance(node, nodes.NodeNG) or node.as_string() != operand:
        return False
    return side is node or bool(side.parent_of(node))
