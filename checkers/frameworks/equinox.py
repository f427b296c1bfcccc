"""Equinox: modules are pytrees, and what is no array in them is for the filtered transformations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import Hiding, Leaves, LibraryClass, Operation, Staging, Wrapper
from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.observations import LoopCall, TransformApplied, TransformedCall
from jaxlint.values import (
    Array,
    Class,
    Const,
    Dict,
    External,
    Function,
    Host,
    HostKind,
    Instance,
    List,
    PytreeKind,
    Transformed,
    Tuple,
    Value,
)
from jaxlint.values.pytree import dynamic_fields, leaves

EQUINOX_FILTER = Rule(
    7005,
    "jax-equinox-filter",
    Severity.ERROR,
    "{transformation} takes arrays only, and {what}: use a transformation of the module's own library, as {filtered}",
    explanation="""A transformation of JAX is given an Equinox module that holds more than arrays.

What it does
Reports a call of what `jax.jit`, `jax.grad`, `jax.vmap`, `jax.lax.scan` and their relatives made, where an argument that is
traced is an Equinox module with a function or a text among its leaves, as `eqx.nn.MLP` has; and `jax.jit(module)`, which
has to hash the module.

Why
A module is a pytree of all its fields. JAX wants an array for every leaf, and raises TypeError for functions and texts.

    grads = jax.grad(loss)(model, x)
    jax.jit(model)(x)

Write instead
    grads = eqx.filter_grad(loss)(model, x)
    eqx.filter_jit(model)(x)
    activation: Callable = eqx.field(static=True)         # no leaf

When it stays silent
For modules whose leaves are all arrays or numbers, for fields that are static, for an argument that is not traced
(`in_axes=(None, 0)`), for `jax.vmap(module)`, and where a field is not known.

References
https://docs.kidger.site/equinox/all-of-equinox/#filtering
https://docs.kidger.site/equinox/api/transformations/
""",
)


class Equinox:
    """70: what JAX's own transformations do with modules."""

    rules: ClassVar[tuple[Rule, ...]] = (EQUINOX_FILTER,)

    @listens_to(TransformedCall)
    def called(self, call: TransformedCall) -> Iterator[Finding]:
        """A module is traced whole."""
        wrapper = call.transformed.transformation
        if not isinstance(wrapper, Wrapper) or wrapper.updates or not _traces_all(wrapper.hiding, wrapper.leaves):
            return
        for value in call.traced:
            opaque = _opaque(value)
            if opaque is not None:
                yield Finding(EQUINOX_FILTER, call.node, {"transformation": wrapper.path} | opaque)
                return

    @listens_to(LoopCall)
    def looped(self, call: LoopCall) -> Iterator[Finding]:
        """A module is a carry or an operand."""
        if call.loop.staging is not Staging.YES or not _traces_all(call.loop.hiding, call.loop.leaves):
            return
        for value in call.arguments.all_values():
            opaque = _opaque(value)
            if opaque is not None:
                yield Finding(EQUINOX_FILTER, call.node, {"transformation": call.loop.path} | opaque)
                return

    @listens_to(TransformApplied)
    def hashed(self, applied: TransformApplied) -> Iterator[Finding]:
        """`jax.jit(module)`: a compiled function is kept by what it was made of."""
        function = applied.transformed.function
        hashes = applied.wrapper.caches and applied.wrapper.leaves is Leaves.ALL
        filtered = _filtered(function)
        if hashes and filtered and any(isinstance(leaf, Array) for leaf in leaves(function)):
            what = f"cannot hash the arrays of `{source_of(applied.node)}`"
            fills = {"transformation": applied.wrapper.path, "what": what, "filtered": filtered}
            yield Finding(EQUINOX_FILTER, applied.node, fills)


def _traces_all(hiding: Hiding, traced: Leaves) -> bool:
    return traced is Leaves.ALL and hiding in (Hiding.HIDDEN, Hiding.PRIMAL)


def _filtered(value: Value) -> str:
    """For an object whose children may be what is no array: the transformation that leaves these alone; "" for others."""
    if not isinstance(value, Instance):
        return ""
    bases = value.cls.mro if isinstance(value.cls, Class) else (value.cls,)
    rows = (base.meaning for base in bases if isinstance(base, External))
    return next((row.filtered for row in rows if isinstance(row, LibraryClass) and row.filtered), "")


def _opaque(value: Value, depth: int = 0) -> dict[str, str] | None:
    """What in the modules of an argument surely is no array, in words; None when there is nothing."""
    match value:
        case Instance(cls=External(meaning=LibraryClass() as row)) if row.opaque and row.filtered:
            what = f"`{row.opaque[0]}` of {row.path.rpartition('.')[2]} is none"
            return {"what": what, "filtered": row.filtered}
        case Instance() if depth <= _DEPTH and _filtered(value):
            return _opaque_field(value, depth)
        case Tuple(items) | List(items=tuple(items)) if depth <= _DEPTH:
            return next(filter(None, (_opaque(item, depth + 1) for item in items)), None)
        case Dict(items) if depth <= _DEPTH:
            return next(filter(None, (_opaque(item, depth + 1) for _, item in items)), None)
    return None


_DEPTH = 4
"""How deep modules in modules are looked at."""


def _opaque_field(module: Instance, depth: int) -> dict[str, str] | None:
    if isinstance(module.cls, Class) and module.cls.pytree is not PytreeKind.FIELDS:
        return None
    for name, field in module.fields.items():
        if name not in dynamic_fields(module):
            continue
        if _is_no_array(field):
            what = f"`{name}` of {module.cls.name if isinstance(module.cls, Class) else 'the module'} is none"
            return {"what": what, "filtered": _filtered(module)}
        inner = _opaque(field, depth + 1)
        if inner is not None:
            return inner
    return None


def _is_no_array(value: Value) -> bool:
    match value:
        case Function() | Transformed() | Const(str()) | Host(HostKind.STR):
            return True
        case External(meaning=Operation()):
            return True
    return False


__all__ = ["EQUINOX_FILTER", "Equinox"]
