"""Trees: `tree.map` walks them side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import Gives
from jaxlint.rules import CERTAIN, Finding, Rule, Severity, around, listens_to, source_of
from jaxlint.trace.agreement import Difference, difference
from jaxlint.trace.observations import LibraryCall, LoopCall
from jaxlint.values import Function

NONE_LEAF = Rule(
    6707,
    "jax-none-leaf",
    Severity.ERROR,
    "`{code}`: {what}",
    explanation="""None in the first tree of `tree.map`, or a function among the trees.

What it does
Reports `jax.tree.map` of several trees where the first one has None and another one a leaf, and a function given by position
behind the tree, where it is taken for a tree.

Why
None is a tree without leaves, so nothing fits beside it: ValueError. The other way round is fine: a None beside a leaf is
handed to the function.

    jax.tree.map(lambda p, g: p - g, {"w": None}, {"w": grad})
    jax.tree.map(f, tree, lambda x: x is None)

Write instead
    jax.tree.map(f, {"w": None}, {"w": grad}, is_leaf=lambda x: x is None)
    jax.tree.map(f, tree, is_leaf=lambda x: x is None)

When it stays silent
With `is_leaf=`, and where the trees are not known.

References
https://docs.jax.dev/en/latest/_autosummary/jax.tree.map.html
https://docs.jax.dev/en/latest/working-with-pytrees.html
""",
)

TREE_MISMATCH = Rule(
    6714,
    "jax-tree-mismatch",
    Severity.ERROR,
    "`{code}` walks trees of different structure: {what}",
    explanation="""The trees of `tree.map` do not fit each other.

What it does
Reports `jax.tree.map` of several trees where a further one has another structure than the first: other keys, another length,
a tuple beside a list; and `optax.apply_updates` of updates that are no tree like the parameters, such as the pair that
`optimizer.update` returns.

Why
The trees are walked side by side, by the structure of the first: ValueError. A list is no tuple.

    jax.tree.map(lambda a, b: a + b, {"w": w}, {"weights": g})

Write instead
    jax.tree.map(lambda a, b: a + b, {"w": w}, {"w": g})

When it stays silent
Where a further tree goes deeper than the first, which is fine; with `is_leaf=`; where the trees are not known.

References
https://docs.jax.dev/en/latest/_autosummary/jax.tree.map.html
""",
)


class TreeListeners:
    """The rules about trees."""

    rules: ClassVar[tuple[Rule, ...]] = (NONE_LEAF, TREE_MISMATCH)

    @listens_to(LoopCall)
    def trees(self, call: LoopCall) -> Iterator[Finding]:
        """The further trees beside the first."""
        if call.loop.gives is not Gives.TREE or not call.arguments.is_exact or len(call.arguments.positional) < 3:
            return
        if call.arguments.keyword("is_leaf") is not None:
            return
        _, first, *others = call.arguments.positional
        for other in others:
            if isinstance(other, Function) and not isinstance(first, Function):
                what = "the function is taken for a tree; give it by name, is_leaf="
                yield Finding(NONE_LEAF, call.node, {"code": source_of(call.node), "what": what}, CERTAIN)
                return
            found = difference(first, other, leaves=False)
            if found is not None:
                rule = NONE_LEAF if found.one == "None" else TREE_MISMATCH
                yield Finding(rule, call.node, {"code": source_of(call.node), "what": _said(found)}, CERTAIN)
                return

    @listens_to(LibraryCall)
    def aligned(self, call: LibraryCall) -> Iterator[Finding]:
        """`optax.apply_updates(params, updates)`: the updates beside the parameters."""
        operation = call.operation
        first, *others = [call.arguments.named(operation.parameters, name) for name in operation.aligned] or [None]
        for other in others:
            found = difference(first, other, leaves=False) if first is not None and other is not None else None
            if found is not None and "None" not in (found.one, found.other):
                what = {"code": source_of(call.node), "what": _said(found)}
                yield Finding(TREE_MISMATCH, call.node, what, around(call))
                return


def _said(found: Difference) -> str:
    if found.one == "None":
        return f"the first tree has None{found.place}, another one {found.other}; use is_leaf=lambda x: x is None"
    return f"the first has {found.one}{found.place}, another one {found.other}"
