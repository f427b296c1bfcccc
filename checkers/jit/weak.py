"""Weak types: a Python number that goes into a compiled function as state comes out with a dtype of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import Wrapper
from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace import dtypes
from jaxlint.trace.observations import TransformedCall
from jaxlint.trace.python_loops import loop_around, runs_each_step, runs_eagerly
from jaxlint.values import Array, Const, List, Tuple, Value
from jaxlint.values.pytree import leaves

WEAK_TYPE_RETRACE = Rule(
    6610,
    "jax-weak-type-retrace",
    Severity.REFACTOR,
    "`{name}` goes into `{code}` as {before} in the first step of the loop in line {line} and as {after} in all others: "
    "two compilations instead of one; start with {start}",
    explanation="""State that starts as a Python number has another type after the first step.

What it does
Reports a compiled function that a Python loop calls with what it returned in the step before, where that starts as a Python
number, or as an array made of one without a dtype, and comes back as an array with a dtype of its own.

Why
A Python number is weakly typed: it takes the dtype of what it meets. What the function returns is not, so that the second
step finds no program. The cost is one more compilation of the whole function.

    total = 0.0
    for x in batches:
        total = step(total, x)

Write instead
    total = jnp.zeros((), x.dtype)
    total = jnp.float32(0.0)

When it stays silent
Where what comes back is weakly typed as well, as `total + 1.0`; for `lax.scan` and its like, which promote the carry
themselves; where the dtype of the result is not known, under a condition, in traced code.

References
https://docs.jax.dev/en/latest/type_promotion.html#weak-types
https://docs.jax.dev/en/latest/jit-compilation.html#jit-and-caching
""",
)


class WeakTypeListeners:
    """The rule about state that changes its type."""

    rules: ClassVar[tuple[Rule, ...]] = (WEAK_TYPE_RETRACE,)

    @listens_to(TransformedCall)
    def state(self, call: TransformedCall) -> Iterator[Finding]:
        """`total = step(total, x)` with `total = 0.0` before the loop."""
        row, loop = call.transformed.transformation, loop_around(call.node)
        if loop is None or not isinstance(row, Wrapper) or not row.caches or not row.hashes:
            return
        if not runs_eagerly(call.frame) or not runs_each_step(call.node, loop):
            return
        results = _bound_results(call.node, call.result)
        for place, value in zip(call.arguments.nodes, call.arguments.positional, strict=False):
            if not isinstance(place, nodes.Name) or place.name not in results:
                continue
            if not any(value is traced for traced in call.traced) or not _is_bound_once(loop, place.name):
                continue
            change = _change(value, results[place.name])
            if change is not None:
                before, after, start = change
                code = source_of(call.node.func)
                fills = {"name": place.name, "code": code, "line": str(loop.lineno), "start": start}
                yield Finding(WEAK_TYPE_RETRACE, call.node, fills | {"before": before, "after": after})
                return


def _bound_results(call: nodes.NodeNG, result: Value) -> dict[str, Value]:
    """What of the result of a call becomes which name."""
    match call.parent, result:
        case nodes.Assign(targets=[nodes.AssignName(name=name)]), _:
            return {name: result}
        case nodes.Assign(targets=[nodes.Tuple(elts=targets)]), Tuple(items) | List(items=tuple(items)):
            if len(items) == len(targets):
                pairs = zip(targets, items, strict=True)
                return {target.name: item for target, item in pairs if isinstance(target, nodes.AssignName)}
    return {}


def _is_bound_once(loop: nodes.For | nodes.While, name: str) -> bool:
    return sum(1 for place in loop.nodes_of_class(nodes.AssignName) if place.name == name) == 1


def _change(before: Value, after: Value) -> tuple[str, str, str] | None:
    """The first leaf that comes in weakly typed and goes out otherwise, in words; and what to start with."""
    old, new = list(leaves(before)), list(leaves(after))
    if len(old) != len(new):
        return None
    for first, then in zip(old, new, strict=True):
        if not isinstance(then, Array) or then.key is not None or then.dtype is None or then.weak is not False:
            continue
        dtype, weak = dtypes.dtype_of(first)
        if dtype is None or not weak or not isinstance(first, Const | Array):
            continue
        shown = f"a Python {type(first.value).__name__}" if isinstance(first, Const) else f"a weakly typed {dtype}"
        start = f"jnp.{then.dtype}({first.value})" if isinstance(first, Const) else f"an array of dtype {then.dtype}"
        return shown, then.dtype, start
    return None


__all__ = ["WEAK_TYPE_RETRACE", "WeakTypeListeners"]
