"""Static objects that change: a compiled function keeps what it read of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.rules import Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace.observations import StaleRead
from jaxlint.trace.staleness import is_argument
from jaxlint.values import UNKNOWN, Class, Instance, Value

MUTABLE_STATIC = Rule(
    6607,
    "jax-mutable-static",
    Severity.WARNING,
    "`{name}` is read while JAX traces, and the compiled function keeps that value although {where} sets it anew: a static "
    "object must not change; pass what changes as an argument, or make the class a pytree",
    explanation="""A static argument, or `self`, changes after the first call.

What it does
Reports reading an attribute of a static argument, or of the `self` of a method that is compiled, when the program sets that
attribute anew between two calls of the compiled function.

Why
The program is found again by the identity of the object, and has the old value as a constant: it goes on computing with
that. Where the class has a hash that follows the attribute, some versions of JAX compile anew, and others do not.

    class Optimiser:
        @functools.partial(jax.jit, static_argnums=0)
        def step(self, w, g):
            return w - self.rate * g
    optimiser.step(w, g)
    optimiser.rate = 0.01
    optimiser.step(w, g)                                  # still the old rate

Write instead
    def step(self, w, g, rate): ...                       # what changes is an argument
    @dataclasses.dataclass(frozen=True)                   # a new object for each setting
    @jax.tree_util.register_dataclass                     # a pytree, whose arrays are traced

When it stays silent
Where the attribute is set before the first call, or on an object that was made after it; where the class has a hash of its
own; on pytrees, whose children are traced. Only what is seen to happen in this order is reported: a call, the change, a
call. What is read of globals is jax-stale-global.

References
https://docs.jax.dev/en/latest/faq.html#how-to-use-jit-with-methods
https://docs.jax.dev/en/latest/jit-compilation.html#marking-arguments-as-static
""",
)


class MutableListeners:
    """The rule about static objects that change."""

    rules: ClassVar[tuple[Rule, ...]] = (MUTABLE_STATIC,)

    @listens_to(StaleRead)
    def changed(self, read: StaleRead) -> Iterator[Finding]:
        """A compiled function keeps what it read of an object that it was given."""
        if not isinstance(read.node, nodes.Attribute) or not is_argument(read.frame, read.node.expr):
            return
        if not _has_own_hash(read.frame.lookup(read.node.expr.name)):
            where = read.rebound.seen_from(read.frame.module_name)
            yield Finding(MUTABLE_STATIC, read.node, {"name": source_of(read.node), "where": where}, because(read, UNKNOWN))


def _has_own_hash(value: Value) -> bool:
    """Whether a class says how its objects are hashed, so that a changed one may be another one to JAX."""
    classes = value.cls.mro if isinstance(value, Instance) and isinstance(value.cls, Class) else ()
    return any(isinstance(cls, Class) and cls.hashable is True for cls in classes)


__all__ = ["MUTABLE_STATIC", "MutableListeners"]
