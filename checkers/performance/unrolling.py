"""Python's loops in traced code: what they do is copied into the program, once for each step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from astroid import nodes

from jaxlint.rules import Finding, Rule, Severity, because, listens_to
from jaxlint.trace.observations import LoopStatement
from jaxlint.values import Answer

if TYPE_CHECKING:
    from jaxlint.session import Session

UNROLLED_LOOP = Rule(
    6903,
    "jax-unrolled-loop",
    Severity.REFACTOR,
    "this loop has {count} steps, and each is copied into the program that is compiled: use jax.lax.fori_loop, "
    "jax.lax.scan or jax.vmap",
    explanation="""A Python loop with many steps stands in traced code.

What it does
Reports `for` over a `range` with constant bounds, or over the rows of an array whose shape is known, in code that builds
a program, when it has more steps than the option `unrolled-steps` allows.

Why
JAX follows the loop while it traces, so the program has the operations of every step: it takes that many times longer to
trace and to compile, and XLA's compile time grows faster than that.

    @jax.jit
    def simulate(x):
        for _ in range(1000):
            x = x + 0.01 * f(x)
        return x

Write instead
    jax.lax.fori_loop(0, 1000, lambda _, x: x + 0.01 * f(x), x)
    jax.lax.scan(body, x, xs)
    jax.vmap(f)(rows)

When it stays silent
For loops of few steps, or of which nobody knows how many they have, as over the layers of a network; in comprehensions;
outside of a trace; in bodies that compute nothing with arrays.

References
https://docs.jax.dev/en/latest/control-flow.html
https://docs.jax.dev/en/latest/_autosummary/jax.lax.fori_loop.html
""",
)


class Unrolling:
    """69: loops that JAX unrolls."""

    rules: ClassVar[tuple[Rule, ...]] = (UNROLLED_LOOP,)
    session: Session

    @listens_to(LoopStatement)
    def unrolled(self, loop: LoopStatement) -> Iterator[Finding]:
        """`for` in code that builds a program."""
        if loop.steps is None or loop.steps <= self.session.options.unrolled_steps or not isinstance(loop.node, nodes.For):
            return
        if loop.frame.context.staging is Answer.YES and _computes(loop.node):
            yield Finding(UNROLLED_LOOP, loop.node.iter, {"count": str(loop.steps)}, because(loop, loop.value))


def _computes(loop: nodes.For) -> bool:
    """Whether the body computes anything: calls or operators."""
    kinds = (nodes.Call, nodes.BinOp, nodes.AugAssign)
    return any(True for statement in loop.body for _ in statement.nodes_of_class(kinds))


__all__ = ["UNROLLED_LOOP", "Unrolling"]
