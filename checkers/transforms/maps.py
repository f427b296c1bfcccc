"""Maps: which arguments, which axes, by what names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import LibraryClass, Returns, Selects, Wrapper
from jaxlint.rules import CERTAIN, Finding, Rule, Severity, around, listens_to, source_of
from jaxlint.trace.observations import LibraryCall, TransformedCall
from jaxlint.trace.options import axes_of_mesh, integers, strings
from jaxlint.values import Array, Const, External, Instance, List, Tuple, Value

ARGNUMS = Rule(
    6703,
    "jax-argnums",
    Severity.ERROR,
    "`{code}`: {what}",
    explanation="""Positions that do not fit the arguments.

What it does
Reports `argnums` beyond the positional arguments of the call, `in_axes` and the `in_specs` of `shard_map` with another
number of entries than arguments, `in_specs` and `out_specs` that name an axis which the mesh lacks, a mapped axis that an
argument does not have, and maps over no argument at all.

Why
JAX counts the positional arguments of each call: TypeError, ValueError. An argument given by keyword, or left to its
default, is not counted.

    jax.grad(loss, argnums=1)(params)
    jax.vmap(f, in_axes=(0, None))(x)
    jax.vmap(f)(xs, 2.0)

Write instead
    jax.grad(loss, argnums=1)(params, batch)
    jax.vmap(f, in_axes=(0, None))(xs, 2.0)

When it stays silent
Where arguments come from `*args`, or the positions are not known.

References
https://docs.jax.dev/en/latest/_autosummary/jax.vmap.html
https://docs.jax.dev/en/latest/_autosummary/jax.grad.html
""",
)

UNBOUND_AXIS_NAME = Rule(
    6704,
    "jax-unbound-axis-name",
    Severity.ERROR,
    "`{code}` goes over the axis {name}, which no map around it binds{bound}",
    explanation="""A collective goes over an axis name that nothing binds.

What it does
Reports `psum`, `pmean`, `all_gather`, `axis_index` and their like over a name that none of the `vmap`, `pmap` and
`shard_map` around binds, where all of these are known.

Why
The name is looked up among the maps that are open when the function is traced: NameError.

    jax.vmap(lambda x: x - jax.lax.pmean(x, "batch"))(xs)

Write instead
    jax.vmap(lambda x: x - jax.lax.pmean(x, "batch"), axis_name="batch")(xs)

When it stays silent
In functions that may be called from elsewhere, under a `shard_map`, whose mesh has the names, and where a name is not known.

References
https://docs.jax.dev/en/latest/_autosummary/jax.lax.psum.html
https://docs.jax.dev/en/latest/sharded-computation.html
""",
)


class MapListeners:
    """The rules about maps."""

    rules: ClassVar[tuple[Rule, ...]] = (ARGNUMS, UNBOUND_AXIS_NAME)

    @listens_to(TransformedCall)
    def positions(self, call: TransformedCall) -> Iterator[Finding]:
        """`argnums` and `in_axes` against the arguments."""
        wrapper = call.transformed.transformation
        if not isinstance(wrapper, Wrapper) or not call.arguments.is_exact or not wrapper.path.startswith("jax."):
            return
        count = len(call.arguments.positional)
        if wrapper.selects is Selects.ARGNUMS and wrapper.returns is not Returns.SAME:
            what = _argnums(call, count)
        elif wrapper.selects is Selects.IN_AXES:
            what = _in_axes(call, count)
        elif wrapper.blocks:
            what = _in_specs(call, count) or _axes_of_specs(call)
        else:
            return
        if what is not None:
            yield Finding(ARGNUMS, call.node, {"code": source_of(call.node), "what": what}, CERTAIN)

    @listens_to(LibraryCall)
    def axis_name(self, call: LibraryCall) -> Iterator[Finding]:
        """`psum(x, "name")`."""
        row = call.operation
        axes = call.frame.context.axes
        if "axis_name" not in row.parameters or axes is None:
            return
        given = call.arguments.named(row.parameters, "axis_name")
        unbound = sorted((strings(given) or set()) - axes) if given is not None else []
        if unbound:
            others = f": these bind {', '.join(sorted(map(repr, axes)))}" if axes else ""
            fills = {"code": source_of(call.node), "name": repr(unbound[0]), "bound": others}
            yield Finding(UNBOUND_AXIS_NAME, call.node, fills, around(call))


def _argnums(call: TransformedCall, count: int) -> str | None:
    given = call.transformed.option("argnums")
    numbers = integers(given) if given is not None else {0}
    beyond = [number for number in numbers or () if not -count <= number < count]
    if not beyond:
        return None
    return f"argnums={max(beyond)} needs {max(beyond) + 1} positional arguments, and there are {count}"


def _in_specs(call: TransformedCall, count: int) -> str | None:
    given = call.transformed.option("in_specs")
    items = given.items if isinstance(given, Tuple) else None
    if items is None or len(items) == count:
        return None
    return f"in_specs has {len(items)} entries, and there are {count} positional arguments"


def _axes_of_specs(call: TransformedCall) -> str | None:
    """What is wrong where specs name an axis that the mesh lacks."""
    known = strings(axes_of_mesh(call.transformed))
    if not known:
        return None
    for option in ("in_specs", "out_specs"):
        given = call.transformed.option(option)
        missing = sorted(_named_axes(given) - known) if given is not None else []
        if missing:
            return f"{option} names the axis {missing[0]!r}, and the mesh has {', '.join(sorted(map(repr, known)))}"
    return None


def _named_axes(specs: Value) -> set[str]:
    """The axes that are surely named by the specs: `P("i", ("j", None))`, a tuple or list of them."""
    match specs:
        case Instance(cls=External(meaning=LibraryClass(path="jax.sharding.PartitionSpec")), fields=fields):
            return set().union(*(_names(entry) for entry in fields.values()))
        case Tuple(items) | List(items=tuple(items)):
            return set().union(*map(_named_axes, items))
    return set()


def _names(entry: Value) -> set[str]:
    items = entry.items if isinstance(entry, Tuple) else (entry,)
    return {item.value for item in items if isinstance(item, Const) and isinstance(item.value, str)}


def _in_axes(call: TransformedCall, count: int) -> str | None:
    given = call.transformed.option("in_axes")
    match given:
        case Tuple(items) | List(items=tuple(items)):
            axes = items
            if len(axes) != count:
                return f"in_axes has {len(axes)} entries, and there are {count} positional arguments"
        case None:
            axes = (Const(0),) * count
        case Const(int() | None):
            axes = (given,) * count
        case _:
            return None
    sized = call.transformed.option("axis_size") is not None or call.arguments.keywords
    if axes and not sized and all(axis == Const(None) for axis in axes):
        return "in_axes maps no argument, and axis_size is not given"
    for number, (axis, argument) in enumerate(zip(axes, call.arguments.positional, strict=True)):
        match axis:
            case Const(bool()):
                continue
            case Const(int() as place):
                rank = _rank(argument)
                if rank is not None and not -rank <= place < rank:
                    return f"argument {number} has no axis {place} to map: it has {rank or 'none'}"
    return None


def _rank(value: object) -> int | None:
    match value:
        case Array(shape=shape, key=None) if shape is not None:
            return len(shape)
        case Const(bool() | int() | float() | complex()):
            return 0
    return None
