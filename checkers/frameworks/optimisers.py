"""Optax: an optimiser's state goes in and comes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import TupleResult
from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.demands import asked_by, changes_state
from jaxlint.trace.observations import LibraryCall
from jaxlint.values import NONE

OPTAX_PARAMS = Rule(
    7008,
    "jax-optax-params",
    Severity.ERROR,
    "`{code}` leaves out the parameters, which this optimiser needs: pass {name}= as well",
    explanation="""An Optax optimiser is not given the parameters that it needs.

What it does
Reports `optimizer.update(gradients, state)` for an optimiser that decays weights or scales by their norm: adamw, lamb, lars,
lion, novograd, …, alone or in `optax.chain`.

Why
`update` takes the parameters as an optional third argument. These optimisers raise ValueError without it.

    updates, state = optimizer.update(gradients, state)

Write instead
    updates, state = optimizer.update(gradients, state, params)

When it stays silent
For optimisers that do not look at the parameters, and where it is not known which one it is.

References
https://optax.readthedocs.io/en/latest/getting_started.html
https://optax.readthedocs.io/en/latest/api/optimizers.html
""",
)

OPTAX_UPDATE = Rule(
    7009,
    "jax-optax-update",
    Severity.WARNING,
    "{what} of `{code}` {trouble}",
    explanation="""What an Optax optimiser returns is dropped.

What it does
Reports `optimizer.update(…)` in a loop whose new state is dropped, so that each step starts from the same one, and updates
that are computed and never read.

Why
Nothing is changed in place: moments and counters are in the state that `update` returns, and parameters change by
`optax.apply_updates`. Without the new state, adam takes its first step again and again.

    for x in batches:
        updates, _ = optimizer.update(jax.grad(loss)(params, x), state)
        params = optax.apply_updates(params, updates)

Write instead
        updates, state = optimizer.update(jax.grad(loss)(params, x), state)
        params = optax.apply_updates(params, updates)

When it stays silent
For optimisers without a state, such as sgd without momentum; outside of a loop, where a single step may be what is meant;
where it is not known which optimiser it is.

References
https://optax.readthedocs.io/en/latest/getting_started.html
https://optax.readthedocs.io/en/latest/api/apply_updates.html
""",
)


class Optimisers:
    """70: what an optimiser is given, and what becomes of what it returns."""

    rules: ClassVar[tuple[Rule, ...]] = (OPTAX_PARAMS, OPTAX_UPDATE)

    @listens_to(LibraryCall)
    def parameters(self, call: LibraryCall) -> Iterator[Finding]:
        """An argument that may be left out, and must not."""
        name = asked_by(call.receiver)
        if not name or name not in call.operation.parameters:
            return
        if call.arguments.named(call.operation.parameters, name) in (None, NONE):
            yield Finding(OPTAX_PARAMS, call.node, {"code": source_of(call.node), "name": name})

    @listens_to(LibraryCall)
    def dropped(self, call: LibraryCall) -> Iterator[Finding]:
        """A new state, or updates, that nobody reads."""
        if not changes_state(call.receiver) or not isinstance(call.operation.result, TupleResult):
            return
        loop = next((a for a in call.node.node_ancestors() if isinstance(a, _LOOPS + _SCOPES)), None)
        targets = _targets(call.node)
        if not isinstance(loop, _LOOPS) or targets is None:
            return
        updates, state = targets
        code = source_of(call.node)
        if not _is_read(loop, state):
            trouble = "is dropped, so that each step starts from the old one: bind it to the state that goes in"
            yield Finding(OPTAX_UPDATE, call.node, {"what": "the new state", "code": code, "trouble": trouble})
        elif not _is_read(loop, updates):
            trouble = "are never used: apply them with optax.apply_updates"
            yield Finding(OPTAX_UPDATE, call.node, {"what": "the updates", "code": code, "trouble": trouble})


_LOOPS = (nodes.For, nodes.While)
_SCOPES = (nodes.FunctionDef, nodes.Lambda, nodes.ClassDef, nodes.Module)


def _targets(call: nodes.NodeNG) -> tuple[str, str] | None:
    """The two names to which the result is bound."""
    match call.parent:
        case nodes.Assign(targets=[nodes.Tuple(elts=[nodes.AssignName(name=first), nodes.AssignName(name=second)])]):
            return first, second
    return None


def _is_read(loop: nodes.NodeNG, name: str) -> bool:
    """Whether the function around a loop reads a name anywhere, which the next step or what follows may see."""
    return any(load.name == name for load in loop.scope().nodes_of_class(nodes.Name))


__all__ = ["OPTAX_PARAMS", "OPTAX_UPDATE", "Optimisers"]
