"""Static fields of pytrees: they are compared and hashed, which arrays cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.observations import ObjectMade
from jaxlint.values import Array, Class, NumPyArray, PytreeKind
from jaxlint.values.pytree import sure_leaves

STATIC_ARRAY = Rule(
    7010,
    "jax-static-array",
    Severity.WARNING,
    "`{code}` puts an array into the static field `{field}`: it is no part of the pytree, is neither traced nor "
    "differentiated, and cannot be compared; make it an ordinary field",
    explanation="""An array is put into a static field of a pytree.

What it does
Reports the construction of an Equinox module, a `flax.struct` dataclass or a registered dataclass where a field that is
declared static (`eqx.field(static=True)`, `flax.struct.field(pytree_node=False)`, `meta_fields=`) is given an array.

Why
Static fields belong to the structure of the pytree. The array in one becomes a constant of the compiled function: it gets
no gradient, is not mapped, and stays what it was when the function was compiled. To look whether the function has been
compiled for it already, JAX compares the structures, which raises ValueError for arrays that are not the same object.
Equinox gives a UserWarning.

    class Layer(eqx.Module):
        w: jax.Array = eqx.field(static=True)

Write instead
    class Layer(eqx.Module):
        w: jax.Array
    shape: tuple[int, ...] = eqx.field(static=True)       # numbers, texts, functions, tuples of them

When it stays silent
On numbers, texts, functions and tuples of them, on scalars of NumPy, on fields that are not static, and where it is not
known what a field is given.

References
https://docs.kidger.site/equinox/api/module/advanced_fields/
https://flax.readthedocs.io/en/latest/api_reference/flax.struct.html
https://docs.jax.dev/en/latest/_autosummary/jax.tree_util.register_dataclass.html
""",
)


class StaticFields:
    """70: what static fields are given."""

    rules: ClassVar[tuple[Rule, ...]] = (STATIC_ARRAY,)

    @listens_to(ObjectMade)
    def static(self, construction: ObjectMade) -> Iterator[Finding]:
        """An object is made with an array in a static field."""
        made = construction.made
        if not isinstance(made.cls, Class) or made.cls.pytree is not PytreeKind.FIELDS:
            return
        for spec in made.cls.all_fields():
            value = made.fields.get(spec.name) if spec.static else None
            if value is not None and any(_is_array(leaf) for leaf in sure_leaves(value)):
                fills = {"code": source_of(construction.node), "field": spec.name}
                yield Finding(STATIC_ARRAY, construction.node, fills)
                return


def _is_array(leaf: object) -> bool:
    return isinstance(leaf, Array) or (isinstance(leaf, NumPyArray) and leaf.shape != ())


__all__ = ["STATIC_ARRAY", "StaticFields"]
