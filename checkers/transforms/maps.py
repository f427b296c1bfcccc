"""Maps: `vmap`, `pmap` and `shard_map` bind the names of axes, and collectives speak of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.rules import Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace.observations import LibraryCall
from jaxlint.trace.options import strings

UNBOUND_AXIS_NAME = Rule(
    6704,
    "jax-unbound-axis-name",
    Severity.ERROR,
    "`{code}` goes over the axis {name}, and {bound}",
    explanation="""A collective goes over an axis that no map around binds.

What it does
Reports `psum`, `pmean`, `pmax`, `all_gather`, `ppermute`, `axis_index`, `axis_size` and their like with the name of an
axis that no `vmap`, `pmap` or `shard_map` around the call gives to its axis.

Why
Such a name stands for the lanes of the map around, wherever in the functions below it is used. Without one: NameError.

    def center(x):
        return x - jax.lax.pmean(x, "batch")
    jax.vmap(center)(xs)

Write instead
    jax.vmap(center, axis_name="batch")(xs)

When it stays silent
In functions of which it is not seen how they are called; under `shard_map`, whose mesh has the names; wherever a name is
not known.

References
https://docs.jax.dev/en/latest/_autosummary/jax.lax.psum.html
https://docs.jax.dev/en/latest/_autosummary/jax.vmap.html
""",
)


class MapListeners:
    """The rule about the names of axes."""

    rules: ClassVar[tuple[Rule, ...]] = (UNBOUND_AXIS_NAME,)

    @listens_to(LibraryCall)
    def collective(self, call: LibraryCall) -> Iterator[Finding]:
        """A function that wants the name of an axis."""
        row, bound = call.operation, call.frame.context.axes
        if not row.axis_names or bound is None:
            return
        given = call.arguments.named(row.parameters, row.axis_names)
        unbound = sorted((strings(given) or set()) - bound) if given is not None else []
        if unbound:
            fills = {"code": source_of(call.node), "name": repr(unbound[0]), "bound": _words(bound)}
            yield Finding(UNBOUND_AXIS_NAME, call.node, fills, because(call, call.result))


def _words(bound: frozenset[str]) -> str:
    if not bound:
        return "no map around binds a name: give the map axis_name="
    return f"the maps around bind {', '.join(map(repr, sorted(bound)))}"
